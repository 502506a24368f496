import { type CANCEL_SYMBOL, isCancel } from '@clack/prompts'
import { UserError } from '../../errors.ts'

const showCursor = '\u001b[?25h'

/**
 * Waits for what the user answers.
 *
 * @throws {UserError} `interrupted`: Ctrl-C, or Ctrl-D, after which a prompt neither answers nor keeps Node alive.
 */
export async function answered<T>(question: Promise<T>): Promise<Exclude<T, typeof CANCEL_SYMBOL>> {
  let end = () => {}
  const ended = new Promise<never>((_, reject) => {
    end = () => {
      process.stderr.write(showCursor)
      reject(new UserError('interrupted', {}))
    }
  })
  process.once('beforeExit', end)
  try {
    const answer = await Promise.race([question, ended])
    if (isCancel(answer)) throw new UserError('interrupted', {})
    return answer as Exclude<T, typeof CANCEL_SYMBOL>
  } finally {
    process.off('beforeExit', end)
  }
}
