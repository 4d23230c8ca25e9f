import { defineConfig } from '@playwright/test'

/**
 * The package as people install it: with dpkg, as root. A step of `npm test` of its own, as it first has to be made.
 */
export default defineConfig({
  testDir: '.',
  globalSetup: './makePackage.ts',
  outputDir: '../../test-results/package',
  workers: 1,
  forbidOnly: process.env['CI'] !== undefined,
  timeout: 120_000,
  globalTimeout: 8 * 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: { actionTimeout: 15_000 },
})
