// biome-ignore lint/suspicious/noExplicitAny: yargs has checked the arguments against the command's options
type Command = { run(args: any): Promise<number> }

const commands: Record<string, () => Promise<Command>> = {
  init: () => import('./setup/init.ts'),
  doctor: () => import('./doctor/doctor.ts'),
  upgrade: () => import('./setup/upgrade.ts'),
  resolve: () => import('./setup/resolve.ts'),
  uninstall: () => import('./setup/uninstall.ts'),
  status: () => import('./status.ts'),
  findings: () => import('./findings.ts'),
  pick: () => import('./pick.ts'),
  dismiss: () => import('./dismiss.ts'),
  pause: () => import('./pause.ts'),
  resume: () => import('./resume.ts'),
  rehearse: () => import('./rehearse.ts'),
  hook: () => import('./hook.ts'),
}

/** Loads a command, and only that one, when it is called. `run` resolves to the exit code. */
export async function load(name: string): Promise<Command> {
  const command = commands[name]
  if (!command) throw new Error(`There is no command ${name}.`)
  return command()
}
