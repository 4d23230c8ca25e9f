import { describe, expect, it } from 'vitest'
import {
  countCheck,
  countTests,
  readPlaywrightReport,
  readVitestReport,
  sum,
} from '../../../scripts/testing/results.mjs'

describe('the last line of a test run', () => {
  it('counts a check as one test', () => {
    expect(countCheck(0)).toEqual({ passed: 1, failed: 0 })
    expect(countCheck(2)).toEqual({ passed: 0, failed: 1 })
  })

  it('adds up the tests that the reports name', () => {
    const unit = countTests(1, { numPassedTests: 7, numFailedTests: 2 }, readVitestReport)
    const e2e = countTests(
      1,
      { stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 4 } },
      readPlaywrightReport,
    )
    expect(sum([unit, e2e])).toEqual({ passed: 10, failed: 4 })
  })

  it.each([
    ['wrote no report', 0, undefined],
    ['wrote a report of another form', 0, { tests: 3 }],
    ['ran nothing', 0, { numPassedTests: 0, numFailedTests: 0 }],
  ])('holds a failure when the runner %s', (_case, exitCode, report) => {
    expect(countTests(exitCode, report, readVitestReport)).toEqual({ passed: 0, failed: 1 })
  })

  it('holds a failure when the runner failed though every test passed', () => {
    const report = { numPassedTests: 5, numFailedTests: 0 }
    expect(countTests(1, report, readVitestReport)).toEqual({ passed: 5, failed: 1 })
  })
})
