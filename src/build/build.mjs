// Builds dist/: the command line, the hook (two self-contained files), the demo, the schemas and the licences.
import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { bundleCommandLine } from './command-line.mjs'
import { bundleHook } from './hook-bundle.mjs'
import { thirdPartyLicences } from './licences.mjs'
import { schemas } from './schemas.mjs'
import { writeTemplateTypes } from './template-types.mjs'

const { version } = JSON.parse(await readFile('package.json', 'utf8'))
const define = { COUNTERSIGN_VERSION: JSON.stringify(version) }

await writeTemplateTypes()

// Built aside and put in place whole: whoever runs dist/ meanwhile has the old one or the new one.
const out = `dist-${process.pid}`
await mkdir(out)

const bundles = await Promise.all([bundleHook(out, define), bundleCommandLine(out, define)])
await chmod(`${out}/cli.cjs`, 0o755)
for (const [name, schema] of Object.entries(await schemas())) await writeFile(`${out}/${name}`, schema)
await writeFile(`${out}/THIRD-PARTY-LICENSES.txt`, await thirdPartyLicences(bundles.flatMap(({ inputs }) => inputs)))

await rename('dist', `${out}-old`).catch(() => {})
await rename(out, 'dist')
await rm(`${out}-old`, { recursive: true, force: true })
