import { hitsShape } from '../../../shared/board/geometry/hit'
import { deleteShapes, selectedBy } from '../../../shared/board/ops'
import type { Point } from '../model'
import type { BoardPointer } from '../boardPointer'
import type { Tool } from './tool'
import type { ToolHost } from './toolHost'

/** Radius of the eraser in CSS pixels. */
const RADIUS = 7

/** Deletes every shape it meets from press to release, as one step. Locked shapes stay. */
export class EraserTool implements Tool {
  readonly cursor = 'cell'
  #last: Point | undefined

  constructor(private readonly host: ToolHost) {}

  down(pointer: BoardPointer): void {
    this.host.begin()
    this.host.select([])
    this.#last = pointer.point
    this.#erase(pointer.point)
  }

  move(pointer: BoardPointer): void {
    if (this.#last === undefined) return
    for (const point of pointer.trail) this.#eraseTo(point)
  }

  up(pointer: BoardPointer): void {
    if (this.#last === undefined) return
    this.move(pointer)
    this.#last = undefined
    this.host.end()
  }

  cancel(): void {
    if (this.#last === undefined) return
    this.#last = undefined
    this.host.cancel()
  }

  /** A fast move skips pixels: what lies between is erased too. */
  #eraseTo(point: Point): void {
    const from = this.#last ?? point
    const step = RADIUS / this.host.camera.zoom
    const count = Math.min(64, Math.ceil(Math.hypot(point.x - from.x, point.y - from.y) / step))
    for (let i = 1; i <= count; i++) {
      const share = i / count
      this.#erase({ x: from.x + (point.x - from.x) * share, y: from.y + (point.y - from.y) * share })
    }
    this.#last = point
  }

  #erase(point: Point): void {
    const { board, camera } = this.host
    const tolerance = RADIUS / camera.zoom
    const around = {
      x: point.x - tolerance,
      y: point.y - tolerance,
      width: 2 * tolerance,
      height: 2 * tolerance,
    }
    const met = board.search(around).filter((shape) => !shape.locked && hitsShape(shape, point, tolerance))
    if (met.length > 0)
      this.host.edit(
        deleteShapes(
          board,
          met.flatMap(({ id }) => selectedBy(board, id)).filter((id) => board.get(id)?.locked !== true),
        ),
      )
  }
}
