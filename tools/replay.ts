/**
 * `npm run replay -- FILE.json.gz [--clients N]`: replays a recorded editing history through a real server process by
 * real clients. A flat recording has one writer among N clients (3), a concurrent one a client for each agent and at
 * least one that looks on. Progress goes to stderr; the last line of stdout is one JSON line, explained in
 * lib/replay/report.ts; the exit code is 1 unless `ok`.
 */
import { basename } from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { RecordingError } from './lib/recording/recording'
import { createProgress } from './lib/progress'
import { replayFile } from './lib/replay/replayFile'

const USAGE = 'usage: npm run replay -- FILE.json.gz [--clients N]\n'

/** What a shell reports of a program that a signal ended. */
const SIGNALLED = 128
for (const [signal, number] of [
  ['SIGINT', 2],
  ['SIGTERM', 15],
] as const) {
  process.once(signal, () => process.exit(SIGNALLED + number))
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { clients: { type: 'string' } },
})
const clients = values.clients === undefined ? undefined : Number(values.clients)
const [file] = positionals
if (
  file === undefined ||
  positionals.length > 1 ||
  (clients !== undefined && !(Number.isInteger(clients) && clients > 0))
) {
  process.stderr.write(USAGE)
  process.exitCode = 2
} else {
  process.exitCode = await replay(file)
}

async function replay(path: string): Promise<number> {
  const progress = createProgress(process.stderr)
  try {
    const report = await replayFile(path, { clients, progress: progress.show })
    progress.end()
    for (const problem of report.problems) process.stderr.write(`${problem}\n`)
    process.stdout.write(`${JSON.stringify({ file: basename(path), ...report })}\n`)
    return report.ok ? 0 : 1
  } catch (error) {
    progress.end()
    const expected = error instanceof RecordingError || (error instanceof Error && 'syscall' in error)
    const problem = expected
      ? error.message
      : error instanceof Error
        ? (error.stack ?? error.message)
        : String(error)
    process.stderr.write(`${path}: ${problem}\n`)
    process.stdout.write(
      `${JSON.stringify({ file: basename(path), ok: false, problems: [problem.split('\n')[0]] })}\n`,
    )
    return 1
  }
}
