import { statusJson, statusText } from '../core/report/status.ts'
import { ink } from './ink.ts'
import { openPlace, print } from './place.ts'
import { healIfFree } from './setup.ts'

/** `countersign status`: where the cycle stands, on one screen. */
export async function run({ cwd, json }: { cwd: string; json?: boolean | undefined }): Promise<number> {
  const { root, stateDir, state } = openPlace(cwd)
  healIfFree({ root, stateDir })
  print(json ? statusJson(state) : statusText(state, ink))
  return 0
}
