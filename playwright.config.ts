import { defineConfig } from '@playwright/test'
import { electronEnvironment } from './scripts/runtime.mjs'
import { lanes, LONG_FILES, useDisplayOfLane } from './scripts/testing/endToEnd.mjs'

// Also when Playwright is called by itself, the apps it starts have to find their runtime.
Object.assign(process.env, electronEnvironment())
useDisplayOfLane()

export default defineConfig({
  testDir: 'tests/e2e',
  globalSetup: './scripts/testing/endToEnd.mjs',
  projects: [
    { name: 'long', testMatch: LONG_FILES.map((file) => `**/${file}`) },
    { name: 'short', testMatch: '**/*.test.ts', testIgnore: LONG_FILES.map((file) => `**/${file}`) },
  ],
  outputDir: 'test-results/e2e',
  // A test waits for one window, for a key or for a network half of its time, so two fill two processors.
  workers: lanes(),
  fullyParallel: false,
  forbidOnly: process.env['CI'] !== undefined,
  timeout: 120_000,
  globalTimeout: 25 * 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: {
    actionTimeout: 15_000,
    screenshot: 'only-on-failure',
    // With pictures of each frame and each state of the document, a third of the run's time would go into traces that
    // are thrown away. To have them: `--trace=retain-on-failure`.
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: false },
  },
})
