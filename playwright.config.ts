import { defineConfig } from '@playwright/test'
import { electronEnvironment } from './scripts/runtime.mjs'
import { lanes } from './scripts/testing/endToEnd.mjs'

// Also when Playwright is called by itself, the apps it starts have to find their runtime.
Object.assign(process.env, electronEnvironment())

export default defineConfig({
  testDir: 'tests/e2e',
  globalSetup: './scripts/testing/endToEnd.mjs',
  testMatch: '**/*.test.ts',
  outputDir: 'test-results/e2e',
  // A test waits more than it works: two at a time take half as long on two processors.
  workers: lanes(),
  fullyParallel: false,
  forbidOnly: process.env['CI'] !== undefined,
  timeout: 120_000,
  globalTimeout: 25 * 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: { actionTimeout: 15_000, screenshot: 'only-on-failure', trace: 'retain-on-failure' },
})
