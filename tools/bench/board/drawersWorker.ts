/**
 * People who draw, in a process of their own: `drawersWorker.ts LINK PAGE SHAPES DRAWERS`, as a child that is sent
 * {@link DrawersOrder}s. Each draws strokes as a hand does: two points each 16 ms, with a pointer that the others see,
 * the whole stroke gone at its end, so that the board stays as it is.
 */
import process from 'node:process'
import { setTimeout } from 'node:timers/promises'
import { BoardPresence } from '../../../src/renderer/bindings/board/boardPresence'
import { systemClock } from '../../../src/server/systemClock'
import { Board } from '../../../src/shared/board'
import { createShapes, deleteShapes, extendStroke } from '../../../src/shared/board/ops'
import type { Point } from '../../../src/shared/board/shape'
import type { RecordsOp } from '../../../src/shared/ot/records'
import { Participant, type BoardPage } from '../../lib/client/participant'
import { pointOf, startOf, STROKE_WIDTH } from './lanes'

export type DrawersOrder = 'draw' | 'rest' | 'leave'

/** What the process tells: it is ready, a stroke has begun, or nobody draws any more. */
export type DrawersNews =
  | { readonly kind: 'ready' | 'resting' }
  /** `time`: milliseconds since 1970 at which the pen came down. */
  | { readonly kind: 'began'; readonly drawer: number; readonly time: number }

/** Milliseconds between two batches of points, as pointers report them. */
const BATCH_MS = 16
const POINTS_PER_BATCH = 2
const BATCHES = 80
/** Milliseconds between two strokes, and how much longer for each further drawer, so that they do not fall together. */
const PAUSE_MS = 150
const PAUSE_PER_DRAWER_MS = 23

const [link = '', pageId = '', shapes = '0', drawers = '0'] = process.argv.slice(2)
let isDrawing = false
const tell = (news: DrawersNews): void => void process.send?.(news)

class Drawer {
  readonly #board: Board
  readonly #presence: BoardPresence
  /** Strokes drawn so far. */
  #count = 0

  constructor(
    private readonly index: number,
    private readonly page: BoardPage,
  ) {
    this.#board = new Board(page.content)
    this.#presence = new BoardPresence(page, (ms, callback) => systemClock.after(ms, callback))
    page.onRemote((op, content) => this.#board.update(op, content))
  }

  async drawWhileAsked(): Promise<void> {
    await setTimeout(PAUSE_PER_DRAWER_MS * this.index)
    while (isDrawing) {
      await this.#drawStroke()
      await setTimeout(PAUSE_MS + PAUSE_PER_DRAWER_MS * this.index)
    }
  }

  async #drawStroke(): Promise<void> {
    const id = `d${this.index}-${this.#count}`
    const { x, y } = startOf(Number(shapes), this.index, this.#count)
    this.#count += 1
    tell({ kind: 'began', drawer: this.index, time: performance.timeOrigin + performance.now() })
    const start = { id, type: 'draw', x, y, stroke: 'red', strokeWidth: STROKE_WIDTH } as const
    this.#edit(createShapes(this.#board, [{ ...start, path: [...pointOf(0)] }]))
    for (let at = 1; at <= BATCHES; at++) {
      await setTimeout(BATCH_MS)
      const points = Array.from({ length: POINTS_PER_BATCH }, (_, i) => pointOf(at * POINTS_PER_BATCH + i))
      this.#edit(extendStroke(this.#board, id, points.flat()))
      const [dx, dy] = points.at(-1) ?? [0, 0]
      this.#pointAt({ x: x + dx, y: y + dy })
    }
    this.#edit(deleteShapes(this.#board, [id]))
  }

  #pointAt(pointer: Point): void {
    const view = { x: pointer.x - 700, y: pointer.y - 450, width: 1400, height: 900 }
    this.#presence.tell({ pointer, isLaser: false, view, selected: [], caret: undefined })
  }

  #edit(op: RecordsOp): void {
    this.page.edit(op)
    this.#board.update(op, this.page.content)
  }
}

/** Each of them would store all of the board now and then; ten devices do so by themselves, not on these two cores. */
const limits = { checkpointEntries: Number.MAX_SAFE_INTEGER }
const people = Array.from(
  { length: Number(drawers) },
  (_, i) => new Participant(link, { name: `Drawer ${i}`, limits }),
)
const pages = await Promise.all(people.map((person) => person.openBoard(pageId, 60_000)))
const all = pages.map((page, index) => new Drawer(index, page))

async function draw(): Promise<void> {
  isDrawing = true
  await Promise.all(all.map((drawer) => drawer.drawWhileAsked()))
  tell({ kind: 'resting' })
}

async function leave(): Promise<void> {
  await Promise.all(people.map((person) => person.leave()))
  process.disconnect()
}

process.on('message', (order: DrawersOrder) => {
  if (order === 'rest') isDrawing = false
  else void (order === 'draw' ? draw() : leave())
})
tell({ kind: 'ready' })
