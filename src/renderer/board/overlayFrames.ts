import { centreOf } from '../../shared/board/geometry/box'
import { rotatePoint } from '../../shared/board/geometry/vector'
import type { SelectionFrame } from './handles'

function traceFrame(context: CanvasRenderingContext2D, { box, angle }: SelectionFrame): void {
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
export function strokeFrame(context: CanvasRenderingContext2D, frame: SelectionFrame): void {
  traceFrame(context, frame)
  context.stroke()
}

export function fillFrame(context: CanvasRenderingContext2D, frame: SelectionFrame): void {
  traceFrame(context, frame)
  context.fill()
}
