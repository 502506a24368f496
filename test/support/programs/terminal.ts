import { setTimeout as sleep } from 'node:timers/promises'
import { execa } from 'execa'
import { isAlive } from '../../../src/shell/state/lock.ts'

export type TerminalSession = {
  /** Presses keys by tmux's names (`Enter`, `Right`, `Escape`) or single characters, one at a time. */
  press: (...keys: string[]) => Promise<void>
  /** Types a line and presses Enter. */
  enter: (line: string) => Promise<void>
  /** What a person would see now. */
  screen: () => Promise<string>
  /**
   * Resolves with the screen as soon as it shows `wanted`.
   * @throws Error with the screen when that has not happened after `deadlineMs` milliseconds.
   */
  waitFor: (wanted: string | RegExp, deadlineMs?: number) => Promise<string>
  /** Ends the terminal, and with it the program; resolves when the program, which still writes as it goes, is gone. */
  close: () => Promise<void>
}

type Options = {
  cwd: string
  /** The whole environment of the program. */
  env: Record<string, string>
  /** Path of the tmux server's socket: a server of its own, so that no other session is touched. Under 100 characters. */
  socket: string
}

// A program that draws its screen anew after each key loses keys that come faster than a person types.
const betweenKeysMs = 120
const afterTextMs = 600
const longestGoodbyeMs = 5_000

/** Starts a program in a terminal of its own, to be driven by keys and read by its screen. Needs tmux. */
export async function startTerminal(command: string[], { cwd, env, socket }: Options): Promise<TerminalSession> {
  const tmux = async (...args: string[]) =>
    (await execa('tmux', ['-f', '/dev/null', '-S', socket, ...args], { env, extendEnv: false })).stdout
  await tmux('new-session', '-d', '-x', '130', '-y', '60', '-c', cwd, ...command)
  const screen = () => tmux('capture-pane', '-p')
  const press = async (...keys: string[]) => {
    for (const key of keys) {
      await tmux('send-keys', key)
      await sleep(betweenKeysMs)
    }
  }
  const waitFor: TerminalSession['waitFor'] = async (wanted, deadlineMs = 20_000) => {
    const until = Date.now() + deadlineMs
    for (;;) {
      const shown = await screen()
      if (typeof wanted === 'string' ? shown.includes(wanted) : wanted.test(shown)) return shown
      if (Date.now() > until) throw new Error(`The terminal never showed ${wanted}. It shows:\n${shown.trimEnd()}`)
      await sleep(100)
    }
  }
  return {
    press,
    screen,
    waitFor,
    enter: async line => {
      await tmux('send-keys', '-l', line)
      // An Enter that comes in one burst with the text is taken for a line break of something pasted.
      await waitFor(line.slice(0, 30))
      await sleep(afterTextMs)
      await press('Enter')
    },
    close: async () => {
      const program = Number(await tmux('display-message', '-p', '#{pane_pid}').catch(() => 0))
      await execa('tmux', ['-S', socket, 'kill-server'], { env, extendEnv: false, reject: false })
      for (let waited = 0; program > 0 && isAlive(program) && waited < longestGoodbyeMs; waited += 100) await sleep(100)
    },
  }
}
