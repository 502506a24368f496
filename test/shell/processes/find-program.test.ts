import { describe, expect, it } from 'vitest'
import { behindShim } from '../../../src/shell/processes/find-program.ts'

const directory = 'C:\\Users\\me\\AppData\\Roaming\\npm'
const head =
  '@ECHO off\r\nGOTO start\r\n:find_dp0\r\nSET dp0=%~dp0\r\nEXIT /b\r\n:start\r\nSETLOCAL\r\nCALL :find_dp0\r\n'
const npm = `${head}
IF EXIST "%dp0%\\node.exe" (
  SET "_prog=%dp0%\\node.exe"
) ELSE (
  SET "_prog=node"
  SET PATHEXT=%PATHEXT:;.JS;=;%
)

endLocal & goto #_undefined_# 2>NUL || title %COMSPEC% & "%_prog%"  "%dp0%\\node_modules\\@openai\\codex\\bin\\codex.js" %*
`
const pnpm = `@SETLOCAL
@IF EXIST "%~dp0\\node.exe" (
  "%~dp0\\node.exe"  "%~dp0\\..\\global\\5\\node_modules\\@openai\\codex\\bin\\codex.js" %*
) ELSE (
  @SET PATHEXT=%PATHEXT:;.JS;=;%
  node  "%~dp0\\..\\global\\5\\node_modules\\@openai\\codex\\bin\\codex.js" %*
)
`
const program = `${head}"%dp0%\\node_modules\\@anthropic-ai\\claude-code\\bin\\claude.exe"   %*\r\n`

describe('a .cmd shim on Windows', () => {
  it.each([
    ['of npm', npm, `${directory}\\node_modules\\@openai\\codex\\bin\\codex.js`],
    ['of pnpm', pnpm, 'C:\\Users\\me\\AppData\\Roaming\\global\\5\\node_modules\\@openai\\codex\\bin\\codex.js'],
    ['with an absolute path', '@"C:\\node.exe" "D:\\lab\\codex.js" %*\r\n', 'D:\\lab\\codex.js'],
  ])('%s is replaced by its script, run by this Node', (_, shim, script) =>
    expect(behindShim(shim, directory)).toEqual({ file: process.execPath, args: [script] }),
  )

  it('for a program is replaced by the program', () =>
    expect(behindShim(program, directory)).toEqual({
      file: `${directory}\\node_modules\\@anthropic-ai\\claude-code\\bin\\claude.exe`,
      args: [],
    }))

  it.each([
    ['that starts what a variable names', '@"%NODE_EXE%" "%NPM_CLI_JS%" %*\r\n'],
    ['that is a batch file of its own', '@echo codex.js\r\n'],
  ])('%s cannot be started without a shell', (_, shim) => expect(behindShim(shim, directory)).toBeNull())
})
