import { asTable, asText, parseYaml, type Table, tableAt } from './parsed.ts'
import { type CiLine, joined, placed, shellLines } from './shell-lines.ts'

/** The inputs of an action that are commands or parts of one. */
const inputs = /^(run|script|command|commands|cmd|args|arguments|goals|tasks|runCmd)$/
/** What a matrix is replaced with: more combinations say nothing new. */
const maxCombinations = 16

/** The commands of a GitHub workflow in their directories; undefined when it is not one that can be parsed. */
export function workflowLines(file: string, text: string): CiLine[] | undefined {
  const whole = parseYaml(text)
  const jobs = Object.values(tableAt(whole, 'jobs'))
  if (jobs.length === 0) return undefined
  const shared = defaultDir(asTable(whole))
  return jobs.map(asTable).flatMap(job => {
    const combinations = matrixOf(tableAt(job, 'strategy', 'matrix'))
    const steps = Array.isArray(job.steps) ? job.steps.map(asTable) : []
    const composed = steps.some(step => /\bdocker[ -]compose\b.*\sup\b/.test(asText(step.run) ?? ''))
    const services = [...Object.keys(tableAt(job, 'services')), ...(composed ? ['the services of Docker Compose'] : [])]
    const start = defaultDir(job) ?? shared
    const lines = steps.flatMap(step =>
      combinations.flatMap(values =>
        stepLines(step, values, start).map(line => ({ ...line, placed: true, file, services })),
      ),
    )
    const seen = new Set<string>()
    return lines.filter(({ command, dir }) => !seen.has(`${dir}\0${command}`) && seen.add(`${dir}\0${command}`))
  })
}

const defaultDir = (table: Table): string | undefined => asText(tableAt(table, 'defaults', 'run')['working-directory'])

function stepLines(step: Table, values: Map<string, string>, start: string | undefined) {
  const dir = joined('', filled(asText(step['working-directory']) ?? start ?? '', values))
  const run = asText(step.run)
  const given = Object.entries(tableAt(step, 'with')).flatMap(([key, value]) =>
    inputs.test(key) ? (asText(value) ?? []) : [],
  )
  return [...(run === undefined ? [] : [run]), ...given].flatMap(text =>
    placed(shellLines(filled(text, values)), /\$/.test(dir) ? '' : dir),
  )
}

/** Expressions of the matrix replaced with a value; `github.workspace` is the root. */
const filled = (text: string, values: Map<string, string>): string =>
  text
    .replace(/\$\{\{\s*github\.workspace\s*\}\}\/?|\$GITHUB_WORKSPACE\/?/g, '')
    .replace(/\$\{\{\s*matrix\.([\w.-]+)\s*\}\}/g, (whole, name) => values.get(name) ?? whole)

/** The combinations of a matrix; one without values where there is none, or where it is computed. */
function matrixOf(matrix: Table): Map<string, string>[] {
  const { include, exclude: _, ...axes } = matrix
  let all: Map<string, string>[] = [new Map()]
  for (const [name, values] of Object.entries(axes)) {
    if (!Array.isArray(values)) continue
    const flat = values.map(value => flattened(name, value)).filter(value => value.size > 0)
    if (flat.length > 0)
      all = all.flatMap(one => flat.map(more => new Map([...one, ...more]))).slice(0, maxCombinations)
  }
  const included = (Array.isArray(include) ? include : []).map(
    item => new Map(Object.entries(asTable(item)).flatMap(([name, value]) => [...flattened(name, value)])),
  )
  const base = all.length === 1 && all[0]?.size === 0 && included.length > 0 ? [] : all
  return [...base, ...included.map(more => new Map([...(all[0] ?? []), ...more]))].slice(0, 2 * maxCombinations)
}

function flattened(name: string, value: unknown): Map<string, string> {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return new Map([[name, String(value)]])
  return new Map(Object.entries(asTable(value)).flatMap(([key, inner]) => [...flattened(`${name}.${key}`, inner)]))
}
