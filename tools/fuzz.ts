/**
 * `npm run fuzz -- [TARGET] [OPTION...]`: random runs until something breaks. The exit code is 1 if anything did.
 *
 * - `simulation` (also without a target): `--kind text|board|roles|restores --runs N --seed S --steps K`, the sync engine on a network that fails
 * - `protocol`: `--messages N --seed S`, a server's sockets under attack
 */
import process from 'node:process'

/** What can be fuzzed. Each takes its arguments and returns an exit code. */
const TARGETS: Readonly<Record<string, (args: string[]) => Promise<number>>> = {
  simulation: async (args) => (await import('./lib/fuzz/fuzzSimulation')).fuzzSimulation(args),
  protocol: async (args) => (await import('./lib/fuzz/fuzzProtocol')).fuzzProtocol(args),
}

const [first, ...rest] = process.argv.slice(2)
const isNamed = first !== undefined && !first.startsWith('-')
const target = TARGETS[isNamed ? first : 'simulation']
try {
  if (target === undefined) throw new RangeError(`there is no ${first} to fuzz`)
  process.exitCode = await target(isNamed ? rest : process.argv.slice(2))
} catch (error) {
  const isUsage = error instanceof RangeError || (error instanceof TypeError && 'code' in error)
  if (!isUsage) throw error
  const targets = Object.keys(TARGETS).join('|')
  process.stderr.write(
    `${error.message}\nusage: npm run fuzz -- [${targets}] --seed S [--kind text|board|roles|restores] [--runs N] [--steps K] [--messages N]\n`,
  )
  process.exitCode = 2
}
