import { expect, it } from 'vitest'
import { describe as told } from '../src/errors.ts'

const refused = (more: object) => Object.assign(new Error('no'), { code: 'EACCES', syscall: 'mkdir', ...more })

it.each([
  ['a directory that cannot be written, such as a read-only .git', { path: '/repo/.git/countersign' }, 77],
  ['a program that cannot be started is no such file', { path: '/bin/x', syscall: 'spawn /bin/x' }, 70],
  ['nothing that names a file', {}, 70],
  ['another failure', { path: '/repo', code: 'EMFILE' }, 70],
])('what the system refuses is told without a stack: %s', (_, more, exitCode) => {
  const { message, ...rest } = told(refused(more))
  expect(rest.exitCode).toBe(exitCode)
  expect(message.startsWith('/repo/.git/countersign cannot be read or written (permission denied).')).toBe(
    exitCode === 77,
  )
})
