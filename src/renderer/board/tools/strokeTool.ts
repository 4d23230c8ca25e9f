import { continueStroke, extendStroke, strokeRoom, type NewShape } from '../../../shared/board/ops'
import { styleOfNew } from '../nextStyle'
import type { BoardPointer, TrailPoint } from '../boardPointer'
import type { Tool } from './tool'
import type { ToolHost } from './toolHost'

/** Points nearer to the last one than this, in CSS pixels, say nothing new. */
const MIN_STEP = 0.75

/**
 * The pen and the highlighter: each move appends its points to the stroke's record, so that others see the stroke
 * while it is drawn. A stroke of too many points goes on in a new record.
 */
export class StrokeTool implements Tool {
  readonly cursor = 'crosshair'
  #id: string | undefined
  #origin = { x: 0, y: 0 }
  #last: TrailPoint | undefined
  #isPen = false

  constructor(
    private readonly host: ToolHost,
    private readonly type: 'draw' | 'highlight',
  ) {}

  down(pointer: BoardPointer): void {
    const first = pointer.trail.at(-1) ?? { ...pointer.point, pressure: 0.5 }
    this.host.begin()
    this.host.select([])
    this.#isPen = pointer.kind === 'pen'
    this.#start(first)
  }

  move(pointer: BoardPointer): void {
    if (this.#id === undefined) return
    const step = MIN_STEP / this.host.camera.zoom
    const fresh: TrailPoint[] = []
    for (const point of pointer.trail) {
      const last = fresh.at(-1) ?? this.#last
      if (last !== undefined && Math.hypot(point.x - last.x, point.y - last.y) < step) continue
      fresh.push(point)
    }
    this.#append(fresh)
  }

  up(pointer: BoardPointer): void {
    if (this.#id === undefined) return
    // A pen that is lifted has no pressure any more.
    const pressure = this.#last?.pressure ?? 0.5
    this.move({ ...pointer, trail: pointer.trail.map((point) => ({ ...point, pressure })) })
    this.#id = undefined
    this.host.end()
  }

  cancel(): void {
    if (this.#id === undefined) return
    this.#id = undefined
    this.host.cancel()
  }

  #start(first: TrailPoint): void {
    const shape = this.#strokeFrom(first)
    if (this.host.create(shape)) this.#follow(shape.id, first)
    else this.host.cancel()
  }

  #strokeFrom(first: TrailPoint): NewShape {
    return {
      id: this.host.newId(),
      type: this.type,
      x: first.x,
      y: first.y,
      ...styleOfNew(this.type, this.host.style),
      ...(this.#isPen ? { hasPressure: true } : {}),
      path: [0, 0, first.pressure],
    }
  }

  #follow(id: string, first: TrailPoint): void {
    const shape = this.host.board.get(id)
    this.#id = id
    this.#origin = shape === undefined ? first : { x: shape.x, y: shape.y }
    this.#last = first
  }

  #append(points: readonly TrailPoint[]): void {
    const { board } = this.host
    const id = this.#id
    // Somebody may have deleted it for good while it was drawn.
    if (points.length === 0 || id === undefined || board.record(id) === undefined) return
    const room = strokeRoom(board, id)
    this.#extend(id, points.slice(0, room))
    if (points.length <= room) return
    if (!this.#goOn(id)) return
    this.#append(points.slice(room))
  }

  #extend(id: string, points: readonly TrailPoint[]): void {
    const last = points.at(-1)
    if (last === undefined) return
    const path = points.flatMap(({ x, y, pressure }) => [x - this.#origin.x, y - this.#origin.y, pressure])
    this.host.edit(extendStroke(this.host.board, id, path))
    this.#last = last
  }

  /** Begins another record where the last one ends; false where the board has no room for it. */
  #goOn(id: string): boolean {
    const last = this.#last
    if (last === undefined || !this.host.hasRoom()) return false
    const next = this.#strokeFrom(last)
    this.host.edit(continueStroke(this.host.board, id, next, this.host.newId()))
    this.#follow(next.id, last)
    return true
  }
}
