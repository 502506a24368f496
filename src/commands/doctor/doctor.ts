import { judgeSetup } from '../../core/doctor/index.ts'
import { doctorJson, doctorText } from '../../core/doctor/report.ts'
import { ink } from '../shared/ink.ts'
import { print } from '../shared/print.ts'
import { restoreOwn } from './doctor-fix.ts'
import { gatherFacts } from './gather-facts.ts'

type Arguments = {
  cwd: string
  followSymlinks?: boolean | undefined
  fix?: boolean | undefined
  json?: boolean | undefined
  strict?: boolean | undefined
}

/**
 * `countersign doctor`: checks the setup and runs each of its hook commands as written in settings.json.
 *
 * @returns The exit code: 1 for a fault, with `--strict` for a warning too.
 */
export async function run({ cwd, followSymlinks, fix, json, strict }: Arguments): Promise<number> {
  let facts = await gatherFacts(cwd, followSymlinks)
  let results = judgeSetup(facts)
  const put = fix ? await restoreOwn(facts, results, followSymlinks) : []
  if (put.length > 0) {
    facts = await gatherFacts(cwd, followSymlinks)
    results = judgeSetup(facts)
  }
  print(json ? doctorJson(results, put) : doctorText(results, put, ink))
  return results.some(({ mark }) => mark === 'fault' || (strict && mark === 'warning')) ? 1 : 0
}
