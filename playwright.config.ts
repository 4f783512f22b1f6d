import { defineConfig } from '@playwright/test'

const browser = process.env.TIDINGS_BROWSER_PATH

export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  // Only what hangs runs into these: nothing is asserted of time, and a busy machine is no fault.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  // Two cores: while one test waits for its page, the other works.
  workers: 2,
  retries: 0,
  reporter: [['list']],
  use: {
    viewport: { width: 1360, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/Rome',
    actionTimeout: 30_000,
    // Nothing is asserted of movement, and movement keeps a software renderer busy; so do films of each test.
    contextOptions: { reducedMotion: 'reduce' },
    trace: { mode: 'retain-on-failure', screenshots: false },
    screenshot: 'only-on-failure',
    launchOptions: browser ? { executablePath: browser } : {},
  },
  projects: [
    { name: 'browser', testIgnore: 'electron/**' },
    { name: 'electron', testMatch: 'electron/**/*.test.ts' },
  ],
})
