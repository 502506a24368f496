// Builds dist/: the command line (ESM, one chunk a command), the hook (one self-contained CommonJS file) and the licences.
import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { build } from 'esbuild'
import { bundleHook } from './hook-bundle.mjs'
import { thirdPartyLicences } from './licences.mjs'
import { hbsPlugin } from './plugins.mjs'

const { version } = JSON.parse(await readFile('package.json', 'utf8'))
const define = { COUNTERSIGN_VERSION: JSON.stringify(version) }

// Built aside and put in place whole: whoever runs dist/ meanwhile has the old one or the new one.
const out = `dist-${process.pid}`
await mkdir(out)

const hook = await bundleHook(out, define)
const cli = await build({
  entryPoints: { cli: 'src/cli.ts', demo: 'src/demo.ts' },
  outdir: out,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  // jsonc-parser's `main` is a UMD file whose inner requires esbuild cannot follow.
  mainFields: ['module', 'main'],
  // Names stay, so that a stack trace can be read.
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  metafile: true,
  define,
  plugins: [hbsPlugin],
  // CommonJS packages inside an ES module still expect these.
  banner: {
    js: [
      "import { createRequire as __createRequire } from 'node:module';",
      "import { fileURLToPath as __fileURLToPath } from 'node:url';",
      'const require = __createRequire(import.meta.url);',
      'const __filename = __fileURLToPath(import.meta.url);',
    ].join(' '),
  },
})
await chmod(`${out}/cli.js`, 0o755)

const inputs = [...hook.inputs, ...Object.keys(cli.metafile.inputs)]
await writeFile(`${out}/THIRD-PARTY-LICENSES.txt`, await thirdPartyLicences(inputs))

await rename('dist', `${out}-old`).catch(() => {})
await rename(out, 'dist')
await rm(`${out}-old`, { recursive: true, force: true })
