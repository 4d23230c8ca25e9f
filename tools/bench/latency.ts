/**
 * `npm run bench -- latency [--engine] [--keys N] [--interval MS]`: how long an edit takes from a key in one window to
 * the other window's screen. In the built app, or with `--engine` between two sync engines over a server process.
 */
import process from 'node:process'
import { parseArgs } from 'node:util'
import { hasDisplay } from '../../scripts/runtime.mjs'
import { latencyTable, meetsTargets, TARGETS, type Latencies } from './lib/latencies'
import { runOnVirtualDisplay } from './lib/virtualDisplay'

/** Keys typed in each direction. */
const DEFAULT_KEYS = 400
/** Milliseconds between two keys: about as fast as people type. */
const DEFAULT_INTERVAL_MS = 80

export interface Typing {
  readonly keys: number
  readonly intervalMs: number
}

export async function benchLatency(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      engine: { type: 'boolean', default: false },
      keys: { type: 'string', default: String(DEFAULT_KEYS) },
      interval: { type: 'string', default: String(DEFAULT_INTERVAL_MS) },
    },
  })
  const typing = { keys: Number(values.keys), intervalMs: Number(values.interval) }
  if (!(typing.keys >= 1 && typing.intervalMs >= 0)) throw new Error('--keys and --interval are numbers')
  if (!values.engine && !hasDisplay()) return runOnVirtualDisplay('latency', args)

  const series = values.engine
    ? await (await import('./lib/engineLatency')).measureEngine(typing)
    : await (await import('./lib/appLatency')).measureApp(typing)
  report(values.engine ? 'engine' : 'app', typing, series)
}

function report(between: string, typing: Typing, series: Readonly<Record<string, Latencies>>): void {
  const ok = Object.values(series).every(meetsTargets)
  const summary = { bench: 'latency', between, ...typing, targets: TARGETS, ok, series }
  process.stdout.write(`${latencyTable(series)}\n${JSON.stringify(summary)}\n`)
}
