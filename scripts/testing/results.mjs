/**
 * What a step of the test run came to.
 * @typedef {{ passed: number, failed: number }} Count
 */

/**
 * A step that is one check, such as the linter.
 * @param {number} exitCode
 * @returns {Count}
 */
export function countCheck(exitCode) {
  return exitCode === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

/**
 * A step that ran many tests and wrote a report. It never passes silently: without a report, without a test, or when
 * the runner failed though no test did (a file that does not load, an error after the tests), that is one failure.
 * @param {number} exitCode
 * @param {unknown} report the parsed report, undefined if there is none
 * @param {(report: object) => Count | undefined} read
 * @returns {Count}
 */
export function countTests(exitCode, report, read) {
  const count = typeof report === 'object' && report !== null ? read(report) : undefined
  if (count === undefined) return { passed: 0, failed: 1 }
  const hasRun = count.passed + count.failed > 0
  if ((exitCode !== 0 || !hasRun) && count.failed === 0) return { passed: count.passed, failed: 1 }
  return count
}

/**
 * @param {object} report what Vitest's JSON reporter writes
 * @returns {Count | undefined}
 */
export function readVitestReport(report) {
  const passed = numberIn(report, 'numPassedTests')
  const failed = numberIn(report, 'numFailedTests')
  return passed === undefined || failed === undefined ? undefined : { passed, failed }
}

/**
 * @param {object} report what Playwright's JSON reporter writes; a test that passed only on a retry has failed
 * @returns {Count | undefined}
 */
export function readPlaywrightReport(report) {
  const stats =
    'stats' in report && typeof report.stats === 'object' && report.stats !== null ? report.stats : {}
  const passed = numberIn(stats, 'expected')
  const unexpected = numberIn(stats, 'unexpected')
  if (passed === undefined || unexpected === undefined) return undefined
  return { passed, failed: unexpected + (numberIn(stats, 'flaky') ?? 0) }
}

/**
 * @param {readonly Count[]} counts
 * @returns {Count}
 */
export function sum(counts) {
  return counts.reduce(
    (total, count) => ({ passed: total.passed + count.passed, failed: total.failed + count.failed }),
    { passed: 0, failed: 0 },
  )
}

/**
 * @param {object} value
 * @param {string} key
 * @returns {number | undefined}
 */
function numberIn(value, key) {
  const found = /** @type {Record<string, unknown>} */ (value)[key]
  return typeof found === 'number' ? found : undefined
}
