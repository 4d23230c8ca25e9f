/**
 * `npm run bench -- board [--json] [--shapes N] [--drawers N] [--seconds N] [--watch N] [--opens N]`: a large whiteboard
 * in the built app while others draw on it, and opened from the device's cache. docs/decisions/board-canvas.md says what
 * the figures mean.
 */
import { loadavg } from 'node:os'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { hasDisplay } from '../../../scripts/runtime.mjs'
import { runOnVirtualDisplay } from '../lib/virtualDisplay'
import { measureInkroom } from './inkroom'
import { boardTables, summaryOf } from './report'

export async function benchBoard(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      json: { type: 'boolean', default: false },
      shapes: { type: 'string', default: '10000' },
      drawers: { type: 'string', default: '10' },
      seconds: { type: 'string', default: '6' },
      watch: { type: 'string', default: '30' },
      opens: { type: 'string', default: '5' },
    },
  })
  const task = {
    shapes: Number(values.shapes),
    drawers: Number(values.drawers),
    motionMs: 1000 * Number(values.seconds),
    watchMs: 1000 * Number(values.watch),
    opens: Number(values.opens),
  }
  if (!Object.values(task).every((value) => value > 0)) throw new Error('the options are numbers above 0')
  if (!hasDisplay()) return runOnVirtualDisplay('board', args)

  const figures = await measureInkroom(task)
  const load = loadavg().map((each) => each.toFixed(1))
  process.stdout.write(`${boardTables(task, figures)}\n\nload of the machine: ${load.join(' ')}\n`)
  if (values.json) process.stdout.write(`${JSON.stringify(summaryOf(task, figures))}\n`)
}
