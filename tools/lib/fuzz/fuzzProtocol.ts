import process from 'node:process'
import { parseArgs } from 'node:util'
import { createProgress } from '../progress'
import { fuzzServer } from './protocol/fuzzServer'
import { wholeNumber } from './wholeNumber'

/**
 * Attacks a server of its own over its sockets. Prints what must never happen, and ends with one JSON line. Returns the
 * exit code.
 */
export async function fuzzProtocol(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      messages: { type: 'string', default: '1000000' },
      seed: { type: 'string', default: '1' },
    },
  })
  const messages = wholeNumber('--messages', values.messages, 1)
  const seed = wholeNumber('--seed', values.seed, 0)
  const progress = createProgress(process.stderr)
  const start = performance.now()
  const report = await fuzzServer({
    seed,
    messages,
    onProgress: (sent) => progress.show(sent, messages, 'messages'),
  })
  progress.end()
  for (const fault of report.faults) process.stdout.write(`${fault}\n\n`)
  const ms = Math.round(performance.now() - start)
  process.stdout.write(`${JSON.stringify({ ...report, faults: report.faults.length, seed, ms })}\n`)
  return report.faults.length === 0 ? 0 : 1
}
