import { setProps } from '../../../shared/board/ops'
import type { Box, Point } from '../model'
import { styleOfNew } from '../nextStyle'
import type { BoardPointer } from '../boardPointer'
import { snapPointer } from './snapPointer'
import type { Tool } from './tool'
import type { BoxTool as BoxToolName, ToolHost } from './toolHost'

/** Drags shorter than this, in CSS pixels, are clicks: they make a shape of the usual size. */
const MIN_DRAG = 4
const USUAL_SIZE: Readonly<Record<BoxToolName, readonly [number, number]>> = {
  rectangle: [160, 100],
  diamond: [160, 120],
  ellipse: [160, 100],
  frame: [640, 400],
}

/** Makes a rectangle, diamond, ellipse or frame by dragging: Shift keeps it square, Alt draws from the middle. */
export class BoxTool implements Tool {
  readonly cursor = 'crosshair'
  #start: Point | undefined
  #id: string | undefined

  constructor(
    private readonly host: ToolHost,
    private readonly type: BoxToolName,
  ) {}

  down(pointer: BoardPointer): void {
    this.host.begin()
    this.host.select([])
    this.#start = snapPointer(this.host, pointer)
  }

  move(pointer: BoardPointer): void {
    if (this.#start === undefined) return
    const at = snapPointer(this.host, pointer, this.#id)
    const moved = Math.hypot(at.x - this.#start.x, at.y - this.#start.y) * this.host.camera.zoom
    if (this.#id === undefined && moved < MIN_DRAG) return
    this.#place(dragBox(this.#start, at, pointer.shift, pointer.alt))
  }

  up(pointer: BoardPointer): void {
    const start = this.#start
    if (start === undefined) return
    this.move(pointer)
    if (this.#id === undefined) {
      const [width, height] = USUAL_SIZE[this.type]
      this.#place({ x: start.x - width / 2, y: start.y - height / 2, width, height })
    }
    const id = this.#id
    this.#reset()
    this.host.end()
    this.host.finish(id === undefined ? [] : [id])
  }

  cancel(): void {
    if (this.#start === undefined) return
    this.#reset()
    this.host.cancel()
  }

  #place(box: Box): void {
    if (this.#id !== undefined) {
      this.host.edit(setProps(this.host.board, [this.#id], box))
      return
    }
    const id = this.host.newId()
    const shape = { id, type: this.type, ...styleOfNew(this.type, this.host.style), ...box }
    if (this.host.create(shape)) this.#id = id
  }

  #reset(): void {
    this.#start = this.#id = undefined
    this.host.show({ guides: [] })
  }
}

/** The box from one corner to another. */
export function dragBox(from: Point, to: Point, isSquare: boolean, isFromMiddle: boolean): Box {
  let dx = to.x - from.x
  let dy = to.y - from.y
  if (isSquare) {
    const side = Math.max(Math.abs(dx), Math.abs(dy))
    dx = dx < 0 ? -side : side
    dy = dy < 0 ? -side : side
  }
  const width = Math.max(1, Math.abs(dx))
  const height = Math.max(1, Math.abs(dy))
  if (isFromMiddle) return { x: from.x - width, y: from.y - height, width: 2 * width, height: 2 * height }
  return { x: Math.min(from.x, from.x + dx), y: Math.min(from.y, from.y + dy), width, height }
}
