/**
 * `npm run bench -- board [--json] [--shapes N] [--drawers N] [--seconds N] [--watch N] [--opens N]
 * [--no-peers]`: a large whiteboard in the built app while others draw on it, and opened from the device's cache; the same
 * shapes on the canvases of Excalidraw and tldraw. docs/decisions/board-canvas.md says what the figures mean.
 */
import { loadavg } from 'node:os'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { hasDisplay } from '../../../scripts/runtime.mjs'
import { runOnVirtualDisplay } from '../lib/virtualDisplay'
import { measureInkroom } from './inkroom'
import { measurePeers } from './peers'
import { boardTables, peerTables, summaryOf } from './report'

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
      peers: { type: 'boolean', default: true },
    },
    allowNegative: true,
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
  const peers = values.peers ? await measurePeers(task.shapes, task.motionMs) : undefined
  const load = loadavg().map((each) => each.toFixed(1))
  const tables = [boardTables(task, figures), ...(peers === undefined ? [] : [peerTables(peers)])]
  process.stdout.write(`${tables.join('\n\n')}\n\nload of the machine: ${load.join(' ')}\n`)
  if (values.json) process.stdout.write(`${JSON.stringify(summaryOf(task, figures, peers))}\n`)
}
