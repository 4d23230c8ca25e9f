import { pointsOfLine } from '../../../shared/board/geometry/outline'
import { setProps } from '../../../shared/board/ops'
import { lineThrough } from '../../../shared/board/ops/transform'
import type { ArrowShape, LineShape } from '../../../shared/board/shape'
import type { Point } from '../model'
import type { BoardPointer } from '../boardPointer'
import { holdAt } from './holding'
import { keepAngle } from './lineTool'
import { snapPointer } from './snapPointer'
import type { Gesture } from './tool'
import type { ToolHost } from './toolHost'

/** Drags a point of a line or arrow; `isNew` makes one between the points before and after `index`. */
export class PointGesture implements Gesture {
  readonly #points: readonly Point[]

  constructor(
    private readonly host: ToolHost,
    private readonly shape: LineShape | ArrowShape,
    private readonly index: number,
    isNew: boolean,
  ) {
    const points = pointsOfLine(shape)
    this.#points = isNew ? points.toSpliced(index, 0, points[index] ?? { x: 0, y: 0 }) : points
    host.begin()
    host.show({ isDragging: true })
  }

  move(pointer: BoardPointer): void {
    const { shape, index, host } = this
    const neighbour = this.#points[index === 0 ? 1 : index - 1]
    const at =
      pointer.shift && neighbour !== undefined
        ? keepAngle(neighbour, pointer.point)
        : snapPointer(host, pointer, shape.id)
    const props = lineThrough(this.#points.with(index, at))
    const end = shape.type === 'line' ? undefined : this.#endAt()
    if (end === undefined) return host.edit(setProps(host.board, [shape.id], props))
    const hold = pointer.mod ? undefined : holdAt(host, pointer.point, shape.id)
    const other = shape.type === 'arrow' ? (end === 'start' ? shape.end : shape.start) : undefined
    const isSame = hold !== undefined && hold.shapeId === other?.shapeId
    host.show({ holder: hold === undefined || isSame ? undefined : host.board.get(hold.shapeId) })
    host.edit(setProps(host.board, [shape.id], { ...props, [end]: isSame ? null : (hold ?? null) }))
  }

  end(pointer: BoardPointer): void {
    this.move(pointer)
    this.host.end()
    this.#clear()
  }

  cancel(): void {
    this.host.cancel()
    this.#clear()
  }

  #endAt(): 'start' | 'end' | undefined {
    if (this.index === 0) return 'start'
    return this.index === this.#points.length - 1 ? 'end' : undefined
  }

  #clear(): void {
    this.host.show({ isDragging: false, holder: undefined, guides: [] })
  }
}
