import { median, percentile, table } from '../lib/statistics'
import { tenths, timesOf, type Frames } from './frames'
import type { BoardFigures, BoardTask } from './inkroom'

/** What is promised, milliseconds. */
const TARGETS = { frame: 20, remoteStroke: 100, open: 1_000 } as const

/** The figures in one line. */
export interface BoardSummary {
  readonly shapes: number
  readonly drawers: number
  /** Of all frames while the person panned, zoomed and drew, and all others drew. */
  readonly frameMsP50: number
  readonly frameMsP95: number
  /** From a pen that comes down elsewhere to its point on the screen. */
  readonly remoteStrokeMsP95: number
  /** From a click on the room to the picture of its board, the room's server gone: the median. */
  readonly openMs: number
  /** Other canvases: not measured yet. */
  readonly peers: null
}

export function summaryOf({ shapes, drawers }: BoardTask, figures: BoardFigures): BoardSummary {
  const { p50, p95 } = timesOf(Object.values(figures.together))
  return {
    shapes,
    drawers,
    frameMsP50: p50,
    frameMsP95: p95,
    remoteStrokeMsP95: tenths(percentile(figures.remoteStrokes, 0.95)),
    openMs: tenths(median(figures.opened.map(({ pictureMs }) => pictureMs))),
    peers: null,
  }
}

export function boardTables(task: BoardTask, figures: BoardFigures): string {
  const { alone, together, remoteStrokes, opened } = figures
  const head = (what: string): string[] => [what, 'CPU', 'p50', 'p95', `p50 <= ${TARGETS.frame}`, 'p95']
  const rows = (all: Readonly<Record<string, Frames>>): string[][] =>
    Object.entries(all).map(([name, frames]) => frameRow(name, [frames]))
  const strokes = [0.5, 0.95, 1].map((share) => tenths(percentile(remoteStrokes, share)))
  const open = (read: (each: (typeof opened)[number]) => number): number => tenths(median(opened.map(read)))
  return [
    table([
      head('frames, ms, nobody else draws'),
      ...rows(alone),
      head(`frames, ms, ${task.drawers} others draw`),
      ...rows(together),
      frameRow('all', Object.values(together)),
    ]),
    table([
      ['strokes of others, ms', 'strokes', 'p50', 'p95', 'max', `p95 <= ${TARGETS.remoteStroke}`],
      [
        'first point',
        ...[remoteStrokes.length, ...strokes].map(String),
        within(strokes[1], TARGETS.remoteStroke),
      ],
    ]),
    table([
      ['opening from the cache, ms', 'runs', 'median', 'slowest', `median <= ${TARGETS.open}`],
      [
        'first shapes',
        String(opened.length),
        String(open(({ firstMs }) => firstMs)),
        slowest(opened.map(({ firstMs }) => firstMs)),
        '',
      ],
      [
        'picture',
        String(opened.length),
        String(open(({ pictureMs }) => pictureMs)),
        slowest(opened.map(({ pictureMs }) => pictureMs)),
        within(
          open(({ pictureMs }) => pictureMs),
          TARGETS.open,
        ),
      ],
    ]),
  ].join('\n\n')
}

function frameRow(name: string, frames: readonly Frames[]): string[] {
  const { p50, p95 } = timesOf(frames)
  const cpu = tenths(frames.reduce((sum, { cpuMs }) => sum + cpuMs, 0) / frames.length)
  return [name, String(cpu), String(p50), String(p95), within(p50, TARGETS.frame), within(p95, TARGETS.frame)]
}

const slowest = (values: readonly number[]): string => String(tenths(Math.max(...values)))
const within = (value: number | undefined, limit: number): string =>
  value !== undefined && value <= limit ? 'yes' : 'NO'
