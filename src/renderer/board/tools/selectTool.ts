import { boxHasPoint, fractionsAt } from '../../../shared/board/geometry/box'
import { boundsOf } from '../../../shared/board/geometry/bounds'
import { pointsOfLine } from '../../../shared/board/geometry/outline'
import { MAX_LINE_POINTS } from '../../../shared/board/limits'
import { selectedBy, setProps } from '../../../shared/board/ops'
import { lineThrough, withPointAt } from '../../../shared/board/ops/transform'
import type { LineShape } from '../../../shared/board/shape'
import { frameAround, handleAt, handleCursor, hasPointHandles, type Handle } from '../handles'
import { hasLabel, type Point, type Shape } from '../model'
import { styleOfNew } from '../nextStyle'
import type { BoardPointer } from '../boardPointer'
import { ResizeGesture, RotateGesture } from './frameGestures'
import { MarqueeGesture } from './marqueeGesture'
import { MoveGesture } from './moveGesture'
import { PointGesture } from './pointGesture'
import type { Gesture, Tool } from './tool'
import type { ToolHost } from './toolHost'

/** How far from the centre the middle of a shape reaches, in fractions of its box. */
const MIDDLE = 0.3
/** Moves shorter than this are a click, in CSS pixels; a finger is less steady. */
const DRAG_START = { mouse: 3, pen: 5, touch: 8 } as const
/** How far a click may miss a line, in CSS pixels. */
const TOLERANCE = { mouse: 5, pen: 8, touch: 12 } as const

type State =
  | { readonly kind: 'idle' }
  /** Pressed, not moved yet. `hit`: the shape there, which a click selects. */
  | {
      readonly kind: 'pressed'
      readonly start: BoardPointer
      readonly hit: Shape | undefined
      readonly handle: Handle | undefined
      /** The press itself has selected the shape. */
      readonly isFresh: boolean
    }
  | { readonly kind: 'dragging'; readonly gesture: Gesture }

/** Selects, moves, resizes and turns. */
export class SelectTool implements Tool {
  readonly cursor = 'default'
  #state: State = { kind: 'idle' }

  constructor(private readonly host: ToolHost) {}

  down(pointer: BoardPointer): void {
    const handle = this.#handleAt(pointer)
    const hit = handle === undefined ? this.#shapeAt(pointer) : undefined
    const isSelected = hit !== undefined && this.host.selected.includes(hit.id)
    this.#state = { kind: 'pressed', start: pointer, hit, handle, isFresh: !isSelected }
    this.host.show({ hovered: undefined })
    if (handle !== undefined) return
    if (hit === undefined) {
      if (!pointer.shift && !this.#isInSelection(pointer)) this.host.select([])
    } else if (!isSelected) {
      const ids = selectedBy(this.host.board, hit.id)
      this.host.select(pointer.shift ? [...this.host.selected, ...ids] : ids)
    }
  }

  move(pointer: BoardPointer): void {
    const state = this.#state
    if (state.kind === 'dragging') return state.gesture.move(pointer)
    if (state.kind !== 'pressed') return
    const { screen } = state.start
    const moved = Math.hypot(pointer.screen.x - screen.x, pointer.screen.y - screen.y)
    if (moved < DRAG_START[pointer.kind]) return
    const gesture = this.#gestureFrom(state.start, state.hit, state.handle)
    this.#state = { kind: 'dragging', gesture }
    gesture.move(pointer)
  }

  up(pointer: BoardPointer): void {
    const state = this.#state
    this.#state = { kind: 'idle' }
    if (state.kind === 'dragging') return state.gesture.end(pointer)
    if (state.kind !== 'pressed' || state.handle !== undefined) return
    const { hit } = state
    const { selected, board } = this.host
    if (hit === undefined) {
      if (!pointer.shift) this.host.select([])
    } else if (pointer.shift) {
      // A second click with Shift takes away what the first has added.
      const ids = new Set(selectedBy(board, hit.id))
      if (!state.isFresh) this.host.select(selected.filter((id) => !ids.has(id)))
    } else if (selected.length > 1 && selected.includes(hit.id)) {
      this.host.select(selectedBy(board, hit.id))
    }
  }

  cancel(): void {
    if (this.#state.kind === 'dragging') this.#state.gesture.cancel()
    this.#state = { kind: 'idle' }
  }

  hover(pointer: BoardPointer): void {
    const handle = this.#handleAt(pointer)
    const hovered = handle === undefined ? this.#shapeAt(pointer) : undefined
    const isMovable = hovered !== undefined || this.#isInSelection(pointer)
    this.host.show({
      hovered: hovered !== undefined && this.host.selected.includes(hovered.id) ? undefined : hovered,
      cursor:
        handle === undefined
          ? isMovable
            ? 'move'
            : undefined
          : handleCursor(handle, this.#frame()?.angle ?? 0),
    })
  }

  /**
   * Edits a label, also in the middle of a shape without a fill; in a group, goes one level in first; on empty paper,
   * writes text. On a line, adds a point there, and takes away the point that is hit.
   */
  doubleClick(pointer: BoardPointer): void {
    if (this.#removesPoint(pointer)) return
    const hit = this.#shapeAt(pointer) ?? this.#hollowAt(pointer.point)
    if (hit === undefined) return this.#writeAt(pointer)
    const { selected } = this.host
    if (selected.length > 1 && selected.includes(hit.id)) this.host.select([hit.id])
    if (hit.locked) return
    if (hasLabel(hit.type)) this.host.editLabel(hit.id)
    else if (hit.type === 'line') this.#addPoint(hit, pointer.point)
  }

  #addPoint(line: LineShape, at: Point): void {
    const points = withPointAt(pointsOfLine(line), at)
    if (points.length > MAX_LINE_POINTS) return
    this.host.select([line.id])
    this.host.edit(setProps(this.host.board, [line.id], lineThrough(points)))
  }

  /** A point between the ends goes by a double click on it. */
  #removesPoint(pointer: BoardPointer): boolean {
    const handle = this.#handleAt(pointer)
    const shapes = this.#selectedShapes()
    if (handle?.kind !== 'point' || !hasPointHandles(shapes)) return false
    const points = pointsOfLine(shapes[0])
    if (handle.index === 0 || handle.index === points.length - 1) return false
    this.host.edit(setProps(this.host.board, [shapes[0].id], lineThrough(points.toSpliced(handle.index, 1))))
    return true
  }

  leave(): void {
    this.cancel()
    this.host.show({ hovered: undefined, cursor: undefined })
  }

  #writeAt({ point }: BoardPointer): void {
    const { style } = this.host
    const id = this.host.newId()
    const height = style.fontSize * 1.25
    const box = { x: point.x, y: point.y - height / 2, width: style.fontSize, height }
    this.host.writeText({ id, type: 'text', ...styleOfNew('text', style), ...box })
  }

  #gestureFrom(start: BoardPointer, hit: Shape | undefined, handle: Handle | undefined): Gesture {
    const shapes = this.#selectedShapes()
    const [only] = shapes
    const frame = this.#frame()
    if (handle !== undefined && frame !== undefined) {
      if (handle.kind === 'rotate') return new RotateGesture(this.host, frame, start)
      if (handle.kind === 'resize') return new ResizeGesture(this.host, frame, handle, start)
      if (hasPointHandles(shapes) && only !== undefined)
        return new PointGesture(this.host, shapes[0], handle.index, handle.kind === 'middle')
    }
    const isFree = shapes.length > 0 && shapes.every((shape) => !shape.locked)
    if (isFree && (hit !== undefined || this.#isInSelection(start))) return new MoveGesture(this.host, start)
    return new MarqueeGesture(this.host, start)
  }

  #handleAt(pointer: BoardPointer): Handle | undefined {
    const shapes = this.#selectedShapes()
    if (shapes.length === 0) return undefined
    return handleAt(shapes, this.host.camera, pointer.screen, pointer.kind)
  }

  #shapeAt(pointer: BoardPointer): Shape | undefined {
    const { board, camera } = this.host
    return board.hits(pointer.point, TOLERANCE[pointer.kind] / camera.zoom)[0]
  }

  /** The topmost shape without a fill that has `point` in its middle, where its label would stand. */
  #hollowAt(point: Point): Shape | undefined {
    return this.host.board.search({ ...point, width: 0, height: 0 }).findLast((shape) => {
      if (shape.type !== 'rectangle' && shape.type !== 'diamond' && shape.type !== 'ellipse') return false
      const { x, y } = fractionsAt(shape.box, shape.angle, point)
      return Math.max(Math.abs(x - 0.5), Math.abs(y - 0.5)) < MIDDLE
    })
  }

  /** Several selected shapes are moved at any place between them, and a single one inside of it. */
  #isInSelection({ point }: BoardPointer): boolean {
    const shapes = this.#selectedShapes()
    const [only] = shapes
    if (only === undefined) return false
    if (shapes.length === 1)
      return only.type !== 'frame' && !hasPointHandles(shapes) && boxHasPoint(boundsOf(only), point)
    const frame = this.#frame()
    return frame !== undefined && boxHasPoint(frame.box, point)
  }

  #selectedShapes(): readonly Shape[] {
    const { board, selected } = this.host
    return selected.map((id) => board.get(id)).filter((shape) => shape !== undefined)
  }

  #frame(): ReturnType<typeof frameAround> {
    return frameAround(this.#selectedShapes())
  }
}
