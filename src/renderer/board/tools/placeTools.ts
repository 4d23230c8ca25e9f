import { selectedBy } from '../../../shared/board/ops'
import { isTextual } from '../model'
import { styleOfNew } from '../nextStyle'
import type { BoardPointer } from '../boardPointer'
import type { Tool } from './tool'
import type { ToolHost } from './toolHost'

/** Side of a new note, in board units. */
export const NOTE_SIZE = 180
/** Drags longer than this, in CSS pixels, give a text its width. */
const MIN_DRAG = 16

/** Puts a sticky note where it is clicked, with the caret in it. */
export class NoteTool implements Tool {
  readonly cursor = 'copy'
  #isDown = false

  constructor(private readonly host: ToolHost) {}

  down(): void {
    this.#isDown = true
  }

  move(): void {
    // The note is placed on release.
  }

  up({ point }: BoardPointer): void {
    if (!this.#isDown) return
    this.#isDown = false
    const id = this.host.newId()
    const box = {
      x: point.x - NOTE_SIZE / 2,
      y: point.y - NOTE_SIZE / 2,
      width: NOTE_SIZE,
      height: NOTE_SIZE,
    }
    if (!this.host.create({ id, type: 'note', ...styleOfNew('note', this.host.style), ...box })) return
    this.host.finish([id])
    this.host.editLabel(id)
  }

  cancel(): void {
    this.#isDown = false
  }
}

/** Text where it is clicked, or as wide as it is dragged; on a shape with a label, that label. */
export class TextTool implements Tool {
  readonly cursor = 'text'
  #start: BoardPointer | undefined

  constructor(private readonly host: ToolHost) {}

  down(pointer: BoardPointer): void {
    this.#start = pointer
  }

  move(pointer: BoardPointer): void {
    const from = this.#start?.point
    if (from === undefined) return
    const { point } = pointer
    const box = { x: Math.min(from.x, point.x), y: from.y, width: Math.abs(point.x - from.x), height: 1 }
    this.host.show({ marquee: box })
  }

  up(pointer: BoardPointer): void {
    const start = this.#start
    if (start === undefined) return
    this.cancel()
    const { board, camera, style } = this.host
    const [hit] = board.hits(start.point, 4 / camera.zoom)
    const width = Math.abs(pointer.point.x - start.point.x)
    const isDrag = width * camera.zoom > MIN_DRAG
    if (hit !== undefined && isTextual(hit.type) && !hit.locked && !isDrag) {
      this.host.finish(selectedBy(board, hit.id))
      this.host.editLabel(hit.id)
      return
    }
    const id = this.host.newId()
    const place = {
      x: Math.min(start.point.x, pointer.point.x),
      y: start.point.y - style.fontSize * 0.625,
      width: isDrag ? width : style.fontSize,
      height: style.fontSize * 1.25,
      ...(isDrag ? { wraps: true } : {}),
    }
    this.host.writeText({ id, type: 'text', ...styleOfNew('text', style), ...place })
  }

  cancel(): void {
    this.#start = undefined
    this.host.show({ marquee: undefined })
  }
}

/** Moves the paper: what its drags do is done before a tool sees them. */
export class HandTool implements Tool {
  readonly cursor = 'grab'

  down(): void {
    // PointerInput pans.
  }

  move(): void {
    // As above.
  }

  up(): void {
    // As above.
  }

  cancel(): void {
    // As above.
  }
}

/** Leaves a trail that everybody sees and that fades. */
export class LaserTool implements Tool {
  readonly cursor = 'crosshair'
  #isDown = false

  constructor(private readonly host: ToolHost) {}

  down({ point }: BoardPointer): void {
    this.#isDown = true
    this.host.laser(point)
  }

  move({ trail }: BoardPointer): void {
    if (this.#isDown) for (const point of trail) this.host.laser(point)
  }

  up(): void {
    if (!this.#isDown) return
    this.#isDown = false
    this.host.laser(undefined)
  }

  cancel(): void {
    this.up()
  }
}
