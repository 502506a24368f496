import type { RepoView } from '../../model/setup/repo-facts.ts'
import { preferred } from '../ci.ts'
import type { Ecosystem } from '../ecosystem.ts'
import { asText, asTexts, parseJson, type Table, tableAt } from '../parsed.ts'
import { cutAtWord, whereTestsLive } from '../phrases.ts'
import { firstOf, ownProgram } from '../view.ts'

export const php: Ecosystem = {
  name: 'php',
  manifests: ['composer.json'],
  languages: { php: 'PHP' },
  descriptionOf: project => asText(parseJson(project.read('composer.json'))?.description),
  runsTests: /\b(phpunit|pest|paratest)\b|\bartisan\s+test\b|\bcomposer\b.*\btests?\b/,
  usesTools: /\b(phpunit|pest|paratest|composer|artisan|php)\b/,
  factsOf(project, _, ci) {
    const composer = parseJson(project.read('composer.json'))
    const runner = runnerOf(composer, project)
    const tests = testsOf(composer, project, ci, runner)
    return {
      language: 'PHP',
      packageManager: 'composer',
      description: asText(composer?.description)?.trim() || null,
      suites: tests ? [{ name: 'php', ...tests }] : [],
      commands: Object.entries(tableAt(composer, 'scripts'))
        .filter(([name]) => !/^(pre|post)-/.test(name))
        .slice(0, 10)
        .map(([name, body]) => ({ command: `composer ${name}`, does: cutAtWord([body].flat().join(' && '), 80) })),
      conventions: composer ? conventions(composer, project, runner) : [],
      entries: ['artisan', 'bin/console', 'public/index.php']
        .filter(file => project.files.includes(file))
        .map(
          file => `\`${file}\`: ${file.startsWith('public') ? 'receives the requests' : "the framework's commands"}`,
        ),
      ignore: ['vendor/**', '.phpunit.cache/**', '.phpunit.result.cache', '.php-cs-fixer.cache'],
      unsure: composer ? [] : ['composer.json is not valid JSON; nothing was read from it.'],
    }
  },
}

type Runner = { label: string; program: string; single: string }
const pest: Runner = { label: 'Pest', program: 'vendor/bin/pest', single: 'FILE' }
const phpunit: Runner = { label: 'PHPUnit', program: 'vendor/bin/phpunit', single: '--filter NAME' }

function runnerOf(composer: Table | undefined, project: RepoView): Runner | undefined {
  const required = { ...tableAt(composer, 'require'), ...tableAt(composer, 'require-dev') }
  if ('pestphp/pest' in required || project.files.includes('tests/Pest.php')) return pest
  const bridge = 'symfony/phpunit-bridge' in required && project.files.includes('bin/phpunit')
  if (bridge) return { ...phpunit, program: 'bin/phpunit' }
  const configured = firstOf(project, 'phpunit.xml', 'phpunit.xml.dist', 'phpunit.dist.xml')
  if ('phpunit/phpunit' in required || configured) {
    if ('symfony/phpunit-bridge' in required) return { ...phpunit, program: 'vendor/bin/simple-phpunit' }
    return phpunit
  }
  return undefined
}

/** The script `test`, or the one of its kind that CI runs, else the runner. */
function testsOf(composer: Table | undefined, project: RepoView, ci: string[], runner: Runner | undefined) {
  const own = runner && ownProgram(project, runner.program)
  const single = own && runner ? { single: `${own} ${runner.single}` } : {}
  const scripts = Object.keys(tableAt(composer, 'scripts')).filter(name =>
    /^(tests?|phpunit|pest|unit)([:_-](unit|ci|all|php))?$/.test(name),
  )
  const artisan = project.files.includes('artisan') && runner
  const call = (name: string) => new RegExp(`\\bcomposer\\s+(run(-script)?\\s+)?${name}(\\s|$)`)
  const run = Object.keys(tableAt(composer, 'scripts')).filter(
    name => /test/.test(name) && ci.some(line => call(name).test(line)),
  )
  // When CI runs several, they are the parts that `test` runs together.
  if (scripts.includes('test') && run.length > 1) return { command: 'composer test', ...single }
  const candidates = [
    ...scripts
      .sort((a, b) => Number(b === 'test') - Number(a === 'test'))
      .map(name => ({ command: `composer ${name}`, inCi: call(name) })),
    ...(artisan ? [{ command: 'php artisan test', inCi: /\bartisan\s+test\b/ }] : []),
    ...(own && runner ? [{ command: own, inCi: new RegExp(`\\b${runner.label}\\b`, 'i') }] : []),
  ]
  const command = preferred(candidates, ci)?.command
  return command ? { command, ...single } : undefined
}

const tools: [string, string][] = [
  ['friendsofphp/php-cs-fixer', 'Formatted with PHP-CS-Fixer'],
  ['laravel/pint', 'Formatted with Pint'],
  ['squizlabs/php_codesniffer', 'Checked with PHP_CodeSniffer'],
  ['phpstan/phpstan', 'Analysed with PHPStan'],
  ['larastan/larastan', 'Analysed with Larastan'],
  ['vimeo/psalm', 'Analysed with Psalm'],
]

function conventions(composer: Table, project: RepoView, runner: Runner | undefined): string[] {
  const required = tableAt(composer, 'require')
  const dev = { ...tableAt(composer, 'require-dev'), ...required }
  const version = asText(required.php)
  const roots = Object.entries(tableAt(composer, 'autoload', 'psr-4')).map(
    ([space, dir]) => `\`${space}\` in \`${asText(dir) ?? asTexts(dir).join('`, `')}\``,
  )
  const framework = ['laravel/framework', 'symfony/framework-bundle'].find(name => name in required)
  return [
    ...(version ? [`PHP ${version} (composer.json).`] : []),
    ...(framework ? [`Built on ${framework}.`] : []),
    ...(roots.length > 0 ? [`Autoloaded with PSR-4: ${roots.slice(0, 4).join(', ')}.`] : []),
    ...tools.flatMap(([name, says]) => (name in dev ? [`${says} (composer.json).`] : [])),
    ...(runner ? [`Tests: ${runner.label}${whereTestsLive(project.files, /Test\.php$|^tests?\/.*\.php$/)}.`] : []),
  ]
}
