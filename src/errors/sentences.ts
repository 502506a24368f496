import type { ErrorCode, FactsOf } from '../model/error-facts.ts'
import { baseDir, claudeDir, conflictsDir, hookPattern, manifestPath } from '../model/paths.ts'
import { settingsFaults } from './settings-faults.ts'

/** How a failure is told: the exit code, and what the user reads. */
export type Sentence<Code extends ErrorCode> = { exit: number; text: (facts: FactsOf[Code]) => string }

export const sentences: { [Code in ErrorCode]: Sentence<Code> } = {
  usage: { exit: 64, text: ({ problem, hint }) => `${problem}\n${hint}` },
  'git-missing': {
    exit: 69,
    text: () => 'git was not found on PATH. Install it and run the command again.',
  },
  'git-failed': { exit: 69, text: ({ detail }) => `git failed here: ${detail}` },
  'no-directory': { exit: 64, text: ({ cwd }) => `Directory not found: ${cwd}` },
  'no-repository': {
    exit: 64,
    text: ({ cwd }) =>
      `${cwd} is not in a git repository. Countersign uses git to see what has changed. Create a repository first:\n  git init`,
  },
  'no-worktree': {
    exit: 64,
    text: ({ cwd }) =>
      `${cwd} is in a git repository, but not in a working tree. Run the command in one of its working trees:\n  git worktree list`,
  },
  'gate-taken': {
    exit: 73,
    text: ({ path }) =>
      `${path} is a file of your own, and the gate must have this path. Nothing was written. Move your file and run the command again.`,
  },
  'left-out': {
    exit: 73,
    text: ({ paths }) =>
      `A sparse checkout leaves out files that have to change:\n${listed(paths)}\nNothing was written. Add them to the checkout and run the command again:\n  git sparse-checkout add ${[...new Set(paths.map(path => path.replace(/\/[^/]*$/, '')))].map(quoted).join(' ')}`,
  },
  'home-directory': {
    exit: 64,
    text: ({ cwd }) =>
      `${cwd} is your home directory. Its .claude holds your own settings, so the hooks would fire in every project. Nothing was written. Go to a project and run the command again:\n  cd PROJECT\n  npx countersign init`,
  },
  'not-the-root': {
    exit: 64,
    text: ({ cwd, root }) =>
      `${cwd} is inside ${root}. Claude Code reads hooks only from the directory it is started in. To set up ${root}:\n  npx countersign init --cwd ${quoted(root)}\nTo set up only ${cwd}:\n  npx countersign init --here`,
  },
  'confirmation-needed': {
    exit: 64,
    text: ({ files }) =>
      `Nothing was written: there is no terminal to ask on. To change ${files === 1 ? 'this file' : `these ${files} files`}, run the command again with --yes.`,
  },
  'settings-unreadable': {
    exit: 65,
    text: ({ file, line, column, what }) =>
      `${file}:${line}:${column}: ${settingsFaults[what] ?? 'this is not valid JSON'}. Nothing was written. Fix it and run the command again.`,
  },
  'manifest-unreadable': {
    exit: 65,
    text: ({ file, problem }) =>
      `${file} cannot be read: ${problem}. Nothing was written. Restore the committed version:\n  git checkout -- ${file}`,
  },
  'manifest-unmerged': {
    exit: 65,
    text: ({ file, line }) =>
      `${file}:${line}: git left a merge conflict here. Nothing was written. Resolve the conflicts in all other files first. Then take the records and the gate of one side, and upgrade them:\n  ${oneSide}\n  npx countersign upgrade\n  git add ${claudeDir}\nIf the conflict markers are already committed, use HEAD^ instead of HEAD.`,
  },
  'manifest-newer': {
    exit: 78,
    text: ({ file, version, command }) =>
      `${file} was written by the newer Countersign ${version}. Nothing was written. Use that version:\n  npx countersign@${version} ${command}`,
  },
  'setup-newer': {
    exit: 78,
    text: ({ version, own, command }) =>
      `The setup is from Countersign ${version}, and this is the older ${own}. Nothing was written. Use that version:\n  npx countersign@${version} ${command}`,
  },
  'config-unreadable': {
    exit: 65,
    text: ({ file, line, column, problem }) =>
      `${file}:${line}:${column}: ${problem}. Nothing was written. Fix it and run the command again.`,
  },
  'no-setup': {
    exit: 64,
    text: ({ command }) =>
      `Countersign is not set up here, so there is nothing to ${command}. Set it up:\n  npx countersign init`,
  },
  locked: {
    exit: 75,
    text: ({ pid, seconds }) =>
      `Process ${pid} has been changing this setup for ${seconds} s. Nothing was written. Wait until it is done and run the command again.`,
  },
  'not-ours': {
    exit: 64,
    text: ({ path, paths }) => `${path} is not managed by Countersign. Managed files:\n${listed(paths)}`,
  },
  'not-deleted': {
    exit: 64,
    text: ({ path }) =>
      `${path} exists, and restoring it would overwrite it. Nothing was written. Move it away and run the command again.`,
  },
  'no-conflict': {
    exit: 64,
    text: ({ path, conflicts }) =>
      conflicts.length > 0
        ? `${path} has no conflict. Files with a conflict:\n${listed(conflicts)}`
        : `${path} has no conflict, and neither has any other file.`,
  },
  'conflict-stale': {
    exit: 65,
    text: ({ path }) =>
      `The new version of ${path} in ${conflictsDir} is missing, or is not the one that the upgrade wrote. Nothing was written. Write it again:\n  npx countersign upgrade`,
  },
  'no-merge': {
    exit: 64,
    text: ({ path }) =>
      `There is no merge of ${path}. Keep your version or take the new one:\n  npx countersign resolve ${quoted(path)} --mine\n  npx countersign resolve ${quoted(path)} --theirs`,
  },
  'markers-left': {
    exit: 65,
    text: ({ file, line }) =>
      `${file}:${line}: the merge still has a conflict marker. Nothing was written. Remove all markers and run the command again.`,
  },
  'edit-missing': {
    exit: 65,
    text: ({ path, line, merged, git }) =>
      `${path}:${line}: this line is not in the merge and would be lost. Nothing was written. Add it to ${merged}, or remove it from ${path}. To compare the two:\n  ${git} diff --no-index ${quoted(path)} ${quoted(merged)}\nThen run:\n  npx countersign resolve ${quoted(path)} --merged`,
  },
  'leads-outside': {
    exit: 73,
    text: ({ path, target }) =>
      path === target
        ? `${path} is outside the repository. Nothing was written.`
        : `${path} is a link to ${target}, outside the repository. Nothing was written. If that is intended, run the command again with --follow-symlinks (init, upgrade, resolve, uninstall, doctor).`,
  },
  'in-the-way': {
    exit: 73,
    text: ({ path, is }) =>
      `${path} has to be a file, but ${is} is in the way. Nothing was written. Move it away and run the command again.`,
  },
  'not-permitted': { exit: 77, text: outOfReach },
  'not-writable': { exit: 73, text: outOfReach },
  'write-failed': {
    exit: 73,
    text: ({ path, reason, written }) =>
      written === 0
        ? `${path} cannot be written (${reason}). Nothing was written.`
        : `${path} cannot be written (${reason}). ${written === 1 ? '1 file is' : `${written} files are`} already written, each complete. When the cause is fixed, the next command writes the rest:\n  npx countersign status`,
  },
  'changed-meanwhile': {
    exit: 75,
    text: ({ path }) =>
      `${path} was changed by another program in the meantime; it was left untouched. Run the command again to finish.`,
  },
  'nothing-to-choose': {
    exit: 1,
    text: ({ why }) => `Nothing was chosen: ${why}. To see where the cycle stands:\n  npx countersign status`,
  },
  'pick-refused': {
    exit: 64,
    text: ({ problem, ids, command }) =>
      ids[0] === undefined
        ? `Nothing was chosen: ${problem}. To sign all the same:\n  npx countersign pick unread`
        : `Nothing was chosen: ${problem}. You can choose from ${ids.join(', ')}. For example:\n  npx countersign ${command.replace('F1', ids[0])}`,
  },
  'not-the-user': {
    exit: 77,
    text: ({ command, prompt }) =>
      `Only you can run \`${command}\`; this call came from a Claude Code session. ${
        prompt === undefined
          ? 'Run it in a terminal of your own.'
          : `In Claude Code, type it as a prompt, without \`!\`:\n  ${prompt}\nOr run it in a terminal of your own.`
      }`,
  },
  'program-missing': {
    exit: 69,
    text: ({ program, package: name }) =>
      `\`${program}\` was not found on PATH. Install it and run the command again:\n  npm install --global ${name}`,
  },
  'models-managed': {
    exit: 77,
    text: ({ file, keys }) =>
      `Nothing was rehearsed: ${file} sets the model for every session (${keys.join(', ')}), so a rehearsal would spend tokens.`,
  },
  interrupted: { exit: 130, text: () => 'Interrupted. Nothing was written.' },
}

function outOfReach({ path, reason }: { path: string; reason: string }): string {
  return `${path} cannot be read or written (${reason}). Nothing was written.`
}

/**
 * Not the whole directory: the team's decisions are in there, and those of both sides count. The pattern is for git, not for
 * the shell: one side may lack a file of the hook.
 */
const oneSide = `git checkout HEAD -- ${manifestPath} ${baseDir} "${hookPattern}"`

const listed = (paths: string[]): string => paths.map(path => `  ${path}`).join('\n')

/** As a shell takes it. Double quotes serve every shell, but let most of them read `$` and the like. */
export function quoted(path: string): string {
  if (/[$`"!]/.test(path)) return `'${path.replaceAll("'", "'\\''")}'`
  return /[^\w./:\\-]/.test(path) ? `"${path}"` : path
}
