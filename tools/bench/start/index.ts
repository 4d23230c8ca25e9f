/**
 * `npm run bench -- start [--json] [--runs N] [--rest SECONDS]`: how long the app takes to start, what it holds in memory
 * when nobody does anything, and what is installed, beside an Electron app with one button. docs/decisions/start.md says
 * what the figures mean.
 */
import { loadavg } from 'node:os'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { hasDisplay } from '../../../scripts/runtime.mjs'
import { runOnVirtualDisplay } from '../lib/virtualDisplay'
import { emptyApp, inkroom, type MeasuredApp } from './apps'
import { installedSize } from './installedSize'
import { startTables, summaryOf, type AppFigures } from './report'
import { measureIdle, measureStarts } from './starting'

export async function benchStart(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      json: { type: 'boolean', default: false },
      runs: { type: 'string', default: '7' },
      rest: { type: 'string', default: '10' },
    },
  })
  const [runs, restMs] = [Number(values.runs), 1000 * Number(values.rest)]
  if (!(runs >= 1 && restMs >= 0)) throw new Error('--runs and --rest are numbers')
  if (!hasDisplay()) return runOnVirtualDisplay('start', args)

  const ours = await inkroom()
  const measure = async (app: MeasuredApp): Promise<AppFigures> => ({
    app,
    starts: await measureStarts(app, runs),
    idle: await measureIdle(app, restMs, app === ours),
  })
  const figures = await measure(ours)
  const empty = await measure(await emptyApp())
  if (figures.starts.cold === undefined)
    process.stderr.write('only root on Linux may empty the page cache, so no cold start is measured\n')
  const size = ours.folder === undefined ? undefined : installedSize(ours.folder)
  const load = loadavg().map((each) => each.toFixed(1))
  process.stdout.write(`${startTables([figures, empty], size)}\n\nload of the machine: ${load.join(' ')}\n`)
  if (values.json) process.stdout.write(`${JSON.stringify(summaryOf(figures, empty, size))}\n`)
}
