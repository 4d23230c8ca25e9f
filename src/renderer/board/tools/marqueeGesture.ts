import { liesInBox, touchesBox } from '../../../shared/board/geometry/hit'
import { selectedBy } from '../../../shared/board/ops'
import type { BoardPointer } from '../boardPointer'
import { dragBox } from './boxTool'
import type { Gesture } from './tool'
import type { ToolHost } from './toolHost'

/** Selects what the marquee touches; frames have to lie in it whole. With Shift, besides what was selected. */
export class MarqueeGesture implements Gesture {
  readonly #before: readonly string[]

  constructor(
    private readonly host: ToolHost,
    private readonly start: BoardPointer,
  ) {
    this.#before = start.shift ? host.selected : []
  }

  move({ point }: BoardPointer): void {
    const { board } = this.host
    const box = dragBox(this.start.point, point, false, false)
    this.host.show({ marquee: box, hovered: undefined })
    const ids = new Set(this.#before)
    for (const shape of board.search(box)) {
      if (shape.locked) continue
      const isMet = shape.type === 'frame' ? liesInBox(shape, box) : touchesBox(shape, box)
      if (isMet) for (const id of selectedBy(board, shape.id)) ids.add(id)
    }
    this.host.select(ids)
  }

  end(): void {
    this.host.show({ marquee: undefined })
  }

  cancel(): void {
    this.host.select(this.#before)
    this.host.show({ marquee: undefined })
  }
}
