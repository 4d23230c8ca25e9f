import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './scripts/testing/longestFirst.mjs'

/** Tests of the renderer get a DOM; everything else runs in plain Node. */
const RENDERER_TESTS = 'tests/unit/renderer/**/*.test.ts'

export default defineConfig({
  plugins: [vue()],
  test: {
    // No test says by this how fast something is: on a busy machine everything may take long.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Vitest would leave one processor to itself, which is half of a small machine.
    maxWorkers: '100%',
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['tests/unit/**/*.test.ts'],
          exclude: [RENDERER_TESTS],
          // Loading the same modules for each file took longer than the tests.
          isolate: false,
        },
      },
      {
        extends: true,
        test: { name: 'renderer', include: [RENDERER_TESTS], environment: 'happy-dom', isolate: false },
      },
      {
        extends: true,
        test: {
          name: 'network',
          include: ['tests/network/**/*.test.ts'],
          globalSetup: 'tests/network/lab/buildPrograms.ts',
          // Each test runs several programs, and some of them measure how long something takes.
          fileParallelism: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
        },
      },
    ],
  },
})
