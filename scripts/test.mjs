/*
 * `npm test`: every check and every test, to the end even if something fails. The last line of stdout is
 * `N passed, N failed`. With names of steps as arguments only those run: `npm test -- lint unit`.
 */
import { spawn } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { ROOT, readJson } from './bootstrap/paths.mjs'
import { SetupError, reason, runMain } from './bootstrap/report.mjs'
import { countCheck, countTests, sum } from './testing/results.mjs'
import { groups } from './testing/steps.mjs'

/** @import { Count } from './testing/results.mjs' */
/** @import { Step } from './testing/steps.mjs' */

/** How many steps of a group run at once. */
const LANES = 2

await runMain(async () => {
  const names = process.argv.slice(2)
  const known = groups()
    .flat()
    .map((step) => step.name)
  const unknown = names.find((name) => !known.includes(name))
  if (unknown !== undefined)
    throw new SetupError(`there is no step ${unknown}; there are ${known.join(', ')}`)

  /** @type {Count[]} */
  const counts = []
  for (const group of groups()) {
    const asked = group.filter((step) => names.length === 0 || names.includes(step.name))
    counts.push(...(await runSideBySide(asked)))
  }
  const { passed, failed } = sum(counts)
  process.exitCode = failed === 0 ? 0 : 1
  process.stdout.write(`\n${passed} passed, ${failed} failed\n`)
})

/**
 * Runs steps a few at a time; where there are several, what one prints appears in one piece when it ends.
 * @param {readonly Step[]} steps
 * @returns {Promise<Count[]>}
 */
async function runSideBySide(steps) {
  const waiting = [...steps]
  const stdio = steps.length > 1 ? 'pipe' : 'inherit'
  /** @type {Count[]} */
  const counts = []
  const lane = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      announce(`${step.name} ...`)
      counts.push(await runStep(step, stdio))
    }
  }
  await Promise.all(Array.from({ length: LANES }, lane))
  return counts
}

/**
 * @param {Step} step
 * @param {'inherit' | 'pipe'} stdio
 * @returns {Promise<Count>}
 */
async function runStep(step, stdio) {
  const start = performance.now()
  if (step.report !== undefined) rmSync(step.report.file, { force: true })
  const { exitCode, output } = await execute(step, stdio)
  const count =
    step.report === undefined
      ? countCheck(exitCode)
      : countTests(exitCode, readReport(step.report.file), step.report.read)
  if (output !== '') process.stdout.write(output)
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  announce(`${step.name}: ${count.passed} passed, ${count.failed} failed (${seconds} s)`)
  return count
}

/**
 * @param {Step} step
 * @param {'inherit' | 'pipe'} stdio
 * @returns {Promise<{ exitCode: number, output: string }>}
 */
function execute(step, stdio) {
  return new Promise((resolve) => {
    const [program = '', ...args] = step.command
    const child = spawn(program, args, {
      cwd: ROOT,
      env: { ...process.env, ...step.env },
      stdio: ['ignore', stdio, stdio],
    })
    /** @type {Buffer[]} */
    const chunks = []
    child.stdout?.on('data', (/** @type {Buffer} */ chunk) => chunks.push(chunk))
    child.stderr?.on('data', (/** @type {Buffer} */ chunk) => chunks.push(chunk))
    child.once('error', (error) => resolve({ exitCode: 1, output: `${error.message}\n` }))
    child.once('close', (code) => resolve({ exitCode: code ?? 1, output: Buffer.concat(chunks).toString() }))
  })
}

/**
 * @param {string} file
 * @returns {unknown}
 */
function readReport(file) {
  if (!existsSync(file)) return undefined
  try {
    return readJson(file)
  } catch (error) {
    announce(`the report ${file} cannot be read: ${reason(error)}`)
    return undefined
  }
}

/** @param {string} message */
function announce(message) {
  process.stdout.write(`\n[test] ${message}\n`)
}
