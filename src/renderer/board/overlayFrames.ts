import { centreOf } from '../../shared/board/geometry/box'
import { rotatePoint } from '../../shared/board/geometry/vector'
import type { SelectionFrame } from './handles'
import type { DrawContext } from './draw/drawShape'

function traceFrame(context: DrawContext, { box, angle }: SelectionFrame): void {
  const { x, y, width, height } = box
  const middle = centreOf(box)
  const corners = [
    { x, y },
    { x: x + width, y },
    { x: x + width, y: y + height },
    { x, y: y + height },
  ]
  context.beginPath()
  for (const corner of corners) {
    const at = angle === 0 ? corner : rotatePoint(corner, angle, middle)
    context.lineTo(at.x, at.y)
  }
  context.closePath()
}

/** Draws a frame in the current stroke style. */
export function strokeFrame(context: DrawContext, frame: SelectionFrame): void {
  traceFrame(context, frame)
  context.stroke()
}

export function fillFrame(context: DrawContext, frame: SelectionFrame): void {
  traceFrame(context, frame)
  context.fill()
}
