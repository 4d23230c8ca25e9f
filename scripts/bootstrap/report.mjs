/** A problem the person at the machine has to solve; shown without a stack. */
export class SetupError extends Error {}

/**
 * Tells what is being done. Always on stderr: the stdout of `npm run serve` belongs to the server.
 * @param {string} message
 */
export function say(message) {
  process.stderr.write(`[setup] ${message}\n`)
}

/**
 * @param {unknown} error
 * @returns {string}
 */
export function reason(error) {
  return error instanceof Error ? error.message : String(error)
}

/**
 * Runs a whole command-line program: a SetupError is shown as a sentence, anything else with its stack, both exit with 1.
 * @param {() => Promise<void>} main
 */
export async function runMain(main) {
  try {
    await main()
  } catch (error) {
    process.exitCode = 1
    if (error instanceof SetupError) say(error.message)
    else process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
  }
}
