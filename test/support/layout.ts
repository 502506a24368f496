import { detect } from '../../src/detect/index.ts'
import { view } from './view.ts'

/** What is found in a repository given as path → text; a path alone, in an array, has no text. */
export const found = (files: Record<string, string> | string[], platform?: string) =>
  detect(view(Array.isArray(files) ? Object.fromEntries(files.map(file => [file, ''])) : files, platform))

/** The commands of its suites. */
export const commandsOf = (files: Record<string, string> | string[], platform?: string): string[] =>
  found(files, platform).suites.map(({ command }) => command)

/** A GitHub workflow that runs these commands. */
export const workflow = (...commands: string[]): Record<string, string> => ({
  '.github/workflows/ci.yml': `name: pytest and npm test\njobs:\n  test:\n    steps:\n${commands.map(command => `      - run: ${command}\n`).join('')}`,
})
