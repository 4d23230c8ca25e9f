import { median, percentile, table } from '../lib/statistics'
import type { FirstPicture } from './canvasProbe'
import { tenths, timesOf, type Frames } from './frames'
import type { BoardFigures, BoardTask } from './inkroom'
import { PEER_NAMES, type PeerName } from './peer'
import type { Peers } from './peers'

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
  /** The same to the board itself, all of it painted and free to react. */
  readonly openReadyMs: number
  /** While the person panned, zoomed and drew and nobody else did, to be held against `peers`. */
  readonly alone: SummaryFrames
  /** Other canvases with the same shapes, without a network; null where one could not be measured. */
  readonly peers: Readonly<Record<PeerName, PeerSummary | null>>
}

export interface PeerSummary extends SummaryFrames {
  /** How many of Inkroom's motions it did in time, slower ones last. */
  readonly motions: number
  /** The zoom it has when it is asked to show all, 1 is 100 %; null where that took too long. */
  readonly zoomOfAll: number | null
}

/** Of all frames of all motions, milliseconds. */
export interface SummaryFrames {
  readonly frameMsP50: number
  readonly frameMsP95: number
  /** Of the page's main thread for each frame, the mean of the motions. */
  readonly frameCpuMs: number
}

export function summaryOf(
  { shapes, drawers }: BoardTask,
  figures: BoardFigures,
  peers: Peers | undefined,
): BoardSummary {
  const { frameMsP50, frameMsP95 } = summaryFrames(figures.together)
  const peer = (name: PeerName): PeerSummary | null => {
    const found = peers?.[name]
    if (found === undefined || found instanceof Error) return null
    const { alone, zoomOfAll = null } = found
    return { ...summaryFrames(alone), motions: Object.keys(alone).length, zoomOfAll }
  }
  return {
    shapes,
    drawers,
    frameMsP50,
    frameMsP95,
    remoteStrokeMsP95: tenths(percentile(figures.remoteStrokes, 0.95)),
    openMs: tenths(median(figures.opened.map(({ pictureMs }) => pictureMs))),
    openReadyMs: tenths(median(figures.opened.map(({ readyMs }) => readyMs))),
    alone: summaryFrames(figures.alone),
    peers: { excalidraw: peer('excalidraw'), tldraw: peer('tldraw') },
  }
}

function summaryFrames(all: Readonly<Record<string, Frames>>): SummaryFrames {
  const frames = Object.values(all)
  const { p50, p95 } = timesOf(frames)
  return { frameMsP50: p50, frameMsP95: p95, frameCpuMs: meanCpu(frames) }
}

/** What other canvases took for the same, and why one was not measured. */
export function peerTables(peers: Peers): string {
  return PEER_NAMES.map((name) => {
    const found = peers[name]
    if (found instanceof Error) return `${name} was not measured: ${found.message}`
    const { zoomOfAll } = found
    const all =
      zoomOfAll === undefined ? 'given up before all was done' : `all in view at ${tenths(100 * zoomOfAll)} %`
    return table([
      frameHead(`${name}, frames, ms; ${all}`),
      ...frameRows(found.alone),
      frameRow('all', Object.values(found.alone)),
    ])
  }).join('\n\n')
}

export function boardTables(task: BoardTask, figures: BoardFigures): string {
  const { alone, together, remoteStrokes, opened } = figures
  const strokes = [0.5, 0.95, 1].map((share) => tenths(percentile(remoteStrokes, share)))
  const openRow = (what: string, read: (each: FirstPicture) => number, target?: number): string[] => {
    const times = opened.map(read)
    const mid = tenths(median(times))
    return [
      what,
      ...[times.length, mid].map(String),
      slowest(times),
      target === undefined ? '' : within(mid, target),
    ]
  }
  return [
    table([
      frameHead('frames, ms, nobody else draws'),
      ...frameRows(alone),
      frameHead(`frames, ms, ${task.drawers} others draw`),
      ...frameRows(together),
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
      openRow('first shapes', ({ firstMs }) => firstMs),
      openRow('picture', ({ pictureMs }) => pictureMs, TARGETS.open),
      openRow('the board itself', ({ readyMs }) => readyMs),
    ]),
  ].join('\n\n')
}

const frameHead = (what: string): string[] => [what, 'CPU', 'p50', 'p95', `p50 <= ${TARGETS.frame}`, 'p95']

const frameRows = (all: Readonly<Record<string, Frames>>): string[][] =>
  Object.entries(all).map(([name, frames]) => frameRow(name, [frames]))

const meanCpu = (frames: readonly Frames[]): number =>
  tenths(frames.reduce((sum, { cpuMs }) => sum + cpuMs, 0) / frames.length)

function frameRow(name: string, frames: readonly Frames[]): string[] {
  const { p50, p95 } = timesOf(frames)
  return [
    name,
    String(meanCpu(frames)),
    String(p50),
    String(p95),
    within(p50, TARGETS.frame),
    within(p95, TARGETS.frame),
  ]
}

const slowest = (values: readonly number[]): string => String(tenths(Math.max(...values)))
const within = (value: number | undefined, limit: number): string =>
  value !== undefined && value <= limit ? 'yes' : 'NO'
