import base from '../vitest.config.mjs'

/** The tests that run core in-process, for measuring how much of it they hold: `npm run coverage`, `npm run mutate`. */
export default {
  ...base,
  test: {
    ...base.test,
    include: ['test/core/**/*.test.ts'],
    // They measure time, which instrumented code has too little of.
    exclude: ['test/core/text/endless-patterns.test.ts', 'test/core/review/large-text.test.ts'],
    // Core has no effects: its tests need no bundles, and no module of their own each.
    globalSetup: [],
    pool: 'threads',
    isolate: false,
    reporters: ['default'],
    coverage: {
      provider: 'v8',
      include: ['src/core/**'],
      reportsDirectory: 'coverage/core',
      reporter: [['text', { skipFull: true }]],
      thresholds: { 100: true },
    },
  },
}
