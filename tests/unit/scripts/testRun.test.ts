import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { LONG_FILES as longEndToEnd, useDisplayOfLane } from '../../../scripts/testing/endToEnd.mjs'
import { LONG_FILES as longInVitest } from '../../../scripts/testing/longestFirst.mjs'

describe('the test run', () => {
  it.each([...longEndToEnd, ...longInVitest])('begins first with a file that is there: %s', (file) => {
    expect(existsSync(file)).toBe(true)
  })

  it('gives the tests of the second lane a display of their own', () => {
    const displayOf = (lane: string | undefined): string | undefined => {
      const env = { DISPLAY: ':99', INKROOM_TEST_DISPLAY_1: ':7', TEST_PARALLEL_INDEX: lane }
      useDisplayOfLane(env)
      return env.DISPLAY
    }
    expect([displayOf(undefined), displayOf('0'), displayOf('1')]).toEqual([':99', ':99', ':7'])
  })
})
