import { defineConfig } from '@playwright/test'
import { electronEnvironment } from './scripts/runtime.mjs'

// Also when Playwright is called by itself, the apps it starts have to find their runtime.
Object.assign(process.env, electronEnvironment())

export default defineConfig({
  testDir: 'tests/e2e',
  globalSetup: './scripts/testing/freshBuild.mjs',
  testMatch: '**/*.test.ts',
  outputDir: 'test-results/e2e',
  // The apps under test share one display and two cores; running them side by side only makes them slow.
  workers: 1,
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
