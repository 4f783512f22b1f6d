import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**', 'test/crash/**'],
    pool: 'forks',
    maxWorkers: 2,
    // Only what hangs runs into these: nothing is asserted of time, and a busy machine is no fault.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000 } },
    env: { UV_THREADPOOL_SIZE: '16' },
  },
})
