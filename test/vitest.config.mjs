import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { hbsVitePlugin } from '../src/build/plugins.mjs'

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  plugins: [hbsVitePlugin],
  define: { COUNTERSIGN_VERSION: JSON.stringify('0.0.0-test') },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/build.ts'],
    reporters: ['default', './test/support/closing-line.mjs'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
})
