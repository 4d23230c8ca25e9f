import { defineConfig } from '@playwright/test'
import { electronEnvironment } from '../../scripts/runtime.mjs'

Object.assign(process.env, electronEnvironment())

/** `npm run screenshots`: the pictures of README.md, taken of the real app. Not part of `npm test`. */
export default defineConfig({
  testDir: '.',
  testMatch: ['screenshots.ts', 'boardScreenshots.ts'],
  globalSetup: '../../scripts/testing/endToEnd.mjs',
  outputDir: '../../test-results/screenshots',
  workers: 1,
  timeout: 120_000,
  reporter: [['list']],
})
