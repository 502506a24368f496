/** Mutation testing of core: what of it could be changed without a test that notices. `npm run mutate`. */
export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'test/strength/vitest.config.mjs' },
  coverageAnalysis: 'perTest',
  mutate: ['src/core/**/*.ts'],
  // Texts are either prose, which tests do not repeat word for word, or members of unions, which tsc checks.
  mutator: { excludedMutations: ['StringLiteral'] },
  concurrency: 1,
  timeoutMS: 10_000,
  // No file has this name: Stryker would rewrite our tsconfig with an interface that TypeScript 7 does not have.
  tsconfigFile: 'none.json',
  ignorePatterns: ['dist*', 'coverage', 'test/e2e', 'test/bench', 'test/fixtures/layouts'],
  tempDirName: 'coverage/mutation/sandbox',
  incremental: true,
  incrementalFile: 'coverage/mutation/incremental.json',
  reporters: ['progress-append-only', 'clear-text', 'html'],
  clearTextReporter: { allowColor: false, allowEmojis: false, logTests: false, reportTests: false },
  htmlReporter: { fileName: 'coverage/mutation/report.html' },
}
