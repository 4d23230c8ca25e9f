/** Benchmarks: `npm run bench -- NAME [OPTION...]`. Each prints what it measured and ends with one JSON line. */
import process from 'node:process'

/** What each benchmark measures, and its program. */
const BENCHMARKS: Readonly<
  Record<string, readonly [measures: string, run: (args: string[]) => Promise<unknown>]>
> = {
  algebra: [
    'the text algebra against its peers: replaying a recording, merging offline edits',
    async (args) => (await import('./algebra')).benchAlgebra(args),
  ],
  board: [
    'a whiteboard of 10,000 shapes in the app while ten others draw',
    async (args) => (await import('./board/index')).benchBoard(args),
  ],
  latency: [
    'from a key in one window to the other window’s screen, in the app or (--engine) without windows',
    async (args) => (await import('./latency')).benchLatency(args),
  ],
  open: [
    'opening a document of 1 MB from the device’s cache',
    async (args) => (await import('./open')).benchOpen(args),
  ],
  records: ['the map of records with 10,000 records', () => import('./records')],
  start: [
    'starting the app, its memory at rest and its size, beside an empty Electron app',
    async (args) => (await import('./start/index')).benchStart(args),
  ],
  storage: [
    'what storing costs: rooms, replicas and the browser’s cache',
    async (args) => (await import('./storage/index')).benchStorage(args),
  ],
}

const [name, ...args] = process.argv.slice(2)
const benchmark = BENCHMARKS[name ?? '']
if (benchmark === undefined) {
  const list = Object.entries(BENCHMARKS).map(([each, [measures]]) => `  ${each.padEnd(10)}${measures}`)
  process.stderr.write(`usage: npm run bench -- NAME [OPTION...]\n${list.join('\n')}\n`)
  process.exitCode = 2
} else await benchmark[1](args)
