import type { CiCommands } from './ci.ts'
import { listed } from './phrases.ts'
import { inside } from './view.ts'

/** Linters, formatters and type checkers, and the scripts that are usually named for them. */
const checks =
  /\b(eslint|oxlint|biome|prettier|stylelint|xo|tsc|vue-tsc|lint(:[\w:-]+)?|type-?checks?|types|check[:-](types|format|lint)|format[:-]check|mypy|pyright|ruff|flake8|black|isort|clippy|fmt|golangci-lint|staticcheck|rubocop|standardrb|phpstan|psalm|pint|php-cs-fixer|phpcs|credo|dialyzer|ktlint|detekt|spotlessCheck|checkstyle|swiftlint|swift-format|clang-format|clang-tidy|shellcheck)\b|\bgo vet\b|\bmix format\b|\bdeno (lint|fmt|check)\b|\bdotnet format\b/
/** A program that can be called on any machine, not a step of CI's own. */
const program =
  /^(npm|npx|pnpm|yarn|bun|bunx|deno|node|uv|uvx|poetry|pdm|hatch|tox|nox|pre-commit|python3?|cargo|go|golangci-lint|staticcheck|bundle|rake|bin\/|\.\/|vendor\/bin\/|composer|php|mix|swift|dotnet|\.\/gradlew|gradle|mvn|make|just|task|mypy|pyright|ruff|flake8|black|isort|rubocop|shellcheck|eslint|tsc|scripts?\/)/

/** Says which lint and type checks CI runs beside the tests, so that they can be run before. */
export function checksOfCi(lines: CiCommands['lines']): string[] {
  const found = lines
    .filter(({ called, command }) => !called && program.test(command) && checks.test(command))
    .filter(
      ({ command }) =>
        command.length <= 100 && !/[$`<>]|\b(install|push|commit|login|add|publish|test)\b/.test(command),
    )
    .map(({ dir, command }) => `\`${inside(dir, command)}\``)
  const unique = [...new Set(found)].slice(0, 8)
  return unique.length > 0 ? [`CI also runs ${listed(unique)}.`] : []
}
