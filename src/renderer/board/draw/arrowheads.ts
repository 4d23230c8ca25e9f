import type { Point } from '../../../shared/board/shape'
import type { Arrowhead } from '../../../shared/board/style'

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D

/** Draws a head at `tip`, pointing away from `from`, in the current stroke and fill style. */
export function drawArrowhead(
  context: Context,
  head: Arrowhead,
  tip: Point,
  from: Point,
  length: number,
): void {
  if (head === 'none') return
  const dx = tip.x - from.x
  const dy = tip.y - from.y
  if (dx === 0 && dy === 0) return
  context.save()
  context.setLineDash([])
  context.translate(tip.x, tip.y)
  context.rotate(Math.atan2(dy, dx))
  context.beginPath()
  switch (head) {
    case 'arrow':
      context.moveTo(-length, -length * 0.52)
      context.lineTo(0, 0)
      context.lineTo(-length, length * 0.52)
      context.stroke()
      break
    case 'triangle':
      context.moveTo(0, 0)
      context.lineTo(-length, -length * 0.5)
      context.lineTo(-length, length * 0.5)
      context.closePath()
      context.fill()
      context.stroke()
      break
    case 'diamond':
      context.moveTo(0, 0)
      context.lineTo(-length * 0.6, -length * 0.38)
      context.lineTo(-length * 1.2, 0)
      context.lineTo(-length * 0.6, length * 0.38)
      context.closePath()
      context.fill()
      context.stroke()
      break
    case 'dot':
      context.arc(0, 0, length * 0.32, 0, 2 * Math.PI)
      context.fill()
      break
    case 'bar':
      context.moveTo(0, -length * 0.5)
      context.lineTo(0, length * 0.5)
      context.stroke()
      break
  }
  context.restore()
}
