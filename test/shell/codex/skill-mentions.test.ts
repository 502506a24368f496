import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { mentions, skillRoots, withoutSkills } from '../../../src/shell/codex/skill-mentions.ts'
import { itNeeds } from '../../support/platform.ts'
import { temporaryDirectory } from '../../support/repository.ts'

const many = Array.from({ length: 9000 }, (_, n) => `$name_${n}`).join(' ')

it('what Codex takes for a skill is a name behind a dollar sign, or a linked file', () =>
  expect(
    mentions(
      '$user, $a-b:c and "$user" but $ 5 and {$}\n[$x](skill:///r/SKILL.md) [$y] ( /r/y/SKILL.md ) [$z](docs/z.md)',
    ),
  ).toEqual([
    ...['user', 'a-b:c', 'x', 'y', 'z'].map(name => ({ name })),
    ...['/r/SKILL.md', '/r/y/SKILL.md'].map(path => ({ path })),
  ]))

it('a prompt that names nothing needs no setting', () => expect(withoutSkills('costs 5 $ ', [])).toEqual([]))

it('every name in a prompt is switched off', () =>
  expect(withoutSkills('$a [$b](/r/"q"/SKILL.md)', [])).toEqual([
    'skills.config=[{name="a",enabled=false},{name="b",enabled=false},{path="/r/\\"q\\"/SKILL.md",enabled=false}]',
  ]))

itNeeds('POSIX')('with too many names, every skill that is there is switched off', () => {
  const root = temporaryDirectory()
  const outside = temporaryDirectory()
  const skill = (folder: string) => {
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'SKILL.md'), '')
  }
  for (const folder of [join(root, 'one/deep'), outside]) skill(folder)
  symlinkSync(outside, join(root, 'linked'))
  symlinkSync(root, join(root, 'one/again'))
  symlinkSync(join(root, 'nowhere'), join(root, 'dangling'))
  const [setting] = withoutSkills(many, [root, join(root, 'missing')])!
  expect(setting).toBe(
    `skills.config=[{path="${outside}/SKILL.md",enabled=false},{path="${root}/one/deep/SKILL.md",enabled=false}]`,
  )
})

it('with too many of both, there is no setting', () => {
  const root = temporaryDirectory()
  for (let n = 0; n < 1500; n++) {
    mkdirSync(join(root, `${n}-${'x'.repeat(100)}`))
    writeFileSync(join(root, `${n}-${'x'.repeat(100)}`, 'SKILL.md'), '')
  }
  expect(withoutSkills(many, [root])).toBeNull()
})

it('skills are looked for in each folder from the working directory up to the top of its tree', () => {
  const roots = skillRoots('/repo/pkg/lib', ['/repo', '/main'])
  expect(roots.slice(0, 8)).toEqual(
    ['/repo/pkg/lib', '/repo/pkg', '/repo', '/main'].flatMap(dir => [`${dir}/.agents/skills`, `${dir}/.codex/skills`]),
  )
})
