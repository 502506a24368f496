import { describe, expect, it } from 'vitest'
import { commandsOf, found, workflow } from '../../support/layout.ts'
import { json } from '../../support/view.ts'

const composer = (parts: object) => ({ 'composer.json': json({ description: 'Sells things.', ...parts }) })
const phpunit = { 'require-dev': { 'phpunit/phpunit': '^11' } }

describe('PHP', () => {
  it.each([
    ['PHPUnit', composer(phpunit), 'vendor/bin/phpunit'],
    [
      'PHPUnit where only its configuration is there',
      { ...composer({}), 'phpunit.xml.dist': '' },
      'vendor/bin/phpunit',
    ],
    ['Pest', composer({ 'require-dev': { 'pestphp/pest': '^3' } }), 'vendor/bin/pest'],
    ['Laravel’s command', { ...composer(phpunit), artisan: '' }, 'php artisan test'],
    ['a script', composer({ ...phpunit, scripts: { test: 'phpunit' } }), 'composer test'],
    [
      'the script that CI runs',
      { ...composer({ scripts: { test: '@lint', 'test:unit': 'pest' } }), ...workflow('composer test:unit') },
      'composer test:unit',
    ],
    [
      'the script `test` where CI runs its parts',
      {
        ...composer({ scripts: { test: ['@test:unit', '@test:lint'], 'test:unit': 'pest', 'test:lint': 'pint' } }),
        ...workflow('composer test:lint', 'composer test:unit'),
      },
      'composer test',
    ],
    [
      'the runner where CI runs it',
      { ...composer({ ...phpunit, scripts: { test: 'phpunit' } }), ...workflow('vendor/bin/phpunit -v') },
      'vendor/bin/phpunit',
    ],
  ])('tests run with %s', (_, files, command) => expect(commandsOf(files as Record<string, string>)).toEqual([command]))

  it('facts are what composer.json proves', () =>
    expect(
      found({
        ...composer({
          ...phpunit,
          require: { php: '>=8.2', 'laravel/framework': '^12' },
          autoload: { 'psr-4': { 'App\\': 'app/' } },
          scripts: { lint: 'pint', 'post-install-cmd': 'x' },
        }),
        'tests/CartTest.php': '',
        'public/index.php': '',
      }),
    ).toMatchObject({
      purpose: 'Sells things.',
      packageManagers: ['composer'],
      commands: [{ command: 'composer lint', does: 'pint' }],
      conventions: [
        'PHP >=8.2 (composer.json).',
        'Built on laravel/framework.',
        'Autoloaded with PSR-4: `App\\` in `app/`.',
        'Tests: PHPUnit in `tests/` (`*Test.php`).',
      ],
      entries: ['`public/index.php`: receives the requests'],
    }))

  it('without a runner there is no suite', () => expect(commandsOf(composer({}))).toEqual([]))
  it('the path of the runner has backslashes on Windows', () =>
    expect(commandsOf(composer(phpunit), 'win32')).toEqual(['vendor\\bin\\phpunit']))
})

describe('Ruby', () => {
  const rspec = { Gemfile: 'gem "rails"\ngem "rspec-rails"\n', 'spec/models/cart_spec.rb': '' }
  const testTask = 'require "rake/testtask"\nRake::TestTask.new\n'

  it.each([
    ['RSpec', rspec, 'bundle exec rspec'],
    [
      'Rails for Minitest',
      { Gemfile: 'gem "rails"\n', 'bin/rails': '', 'test/models/cart_test.rb': '' },
      'bin/rails test',
    ],
    ['rake for Minitest', { Gemfile: '', Rakefile: testTask, 'test/test_cart.rb': '' }, 'bundle exec rake test'],
    [
      'rake alone for a gem without a Gemfile',
      { 'acme.gemspec': '', Rakefile: testTask, 'test/cart_test.rb': '' },
      'rake test',
    ],
    ['a script of its own', { Gemfile: '', 'bin/test': 'ruby -Itest all.rb', 'test/cart_test.rb': '' }, 'bin/test'],
  ])('tests run with %s', (_, files, command) => expect(commandsOf(files as Record<string, string>)).toEqual([command]))

  it('of two kinds the one that CI runs is used, and the other is mentioned', () => {
    const files = { ...rspec, 'bin/rails': '', 'test/cart_test.rb': '' }
    expect(found({ ...files, ...workflow('bin/rails db:setup test') })).toMatchObject({
      suites: [{ command: 'bin/rails test' }],
      unsure: ['There are also tests for `bundle exec rspec`; only `bin/rails test` is run.'],
    })
  })

  it('a gem inside the repository is a suite of its own', () =>
    expect(commandsOf({ ...rspec, 'web/Gemfile': '', 'web/Rakefile': testTask, 'web/test/a_test.rb': '' })).toEqual([
      'bundle exec rspec',
      'cd web && bundle exec rake test',
    ]))

  it('test files that no task runs are mentioned and have no suite', () =>
    expect(found({ Gemfile: '', 'test/test_cart.rb': '' })).toMatchObject({
      suites: [],
      unsure: ['There are test files, but no Rakefile task that runs them all.'],
    }))

  it('conventions are what the files prove', () =>
    expect(found({ ...rspec, '.ruby-version': '3.4.1\n', '.rubocop.yml': '' }).conventions).toEqual([
      'Ruby 3.4.1 (.ruby-version).',
      'Built on Rails (Gemfile).',
      'Linted with RuboCop (.rubocop.yml).',
      'Tests: RSpec in `spec/` (`*_spec.rb`).',
    ]))
})
