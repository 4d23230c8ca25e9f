import type { Box } from '../../../shared/board/shape'
import type { ShapeStyle } from '../../../shared/board/style'
import { fillTone, strokeTone, type BoardColours } from './colours'

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D

/** Distance of hatching lines, in board units. */
const STEP = 9

/** Fills a closed outline as its style says; nothing for the fill `none`. */
export function drawFill(
  context: Context,
  path: Path2D,
  box: Box,
  style: Pick<ShapeStyle, 'fill' | 'fillStyle'>,
  colours: BoardColours,
): void {
  if (style.fill === 'none') return
  if (style.fillStyle === 'solid') {
    context.fillStyle = fillTone(colours, style.fill)
    context.fill(path)
    return
  }
  context.save()
  context.clip(path)
  context.strokeStyle = strokeTone(colours, style.fill)
  context.globalAlpha *= 0.55
  context.lineWidth = 1.2
  context.beginPath()
  addLines(context, box, 1)
  if (style.fillStyle === 'cross') addLines(context, box, -1)
  context.stroke()
  context.restore()
}

/** Lines at 45 degrees over all of a box; `slope` 1 falls, -1 rises. */
function addLines(context: Context, box: Box, slope: 1 | -1): void {
  const bottom = box.y + box.height
  // Never more than a few hundred: a huge area is hatched wider.
  const step = Math.max(STEP, (box.width + box.height) / 400)
  for (let offset = -box.height; offset < box.width; offset += step) {
    const x = box.x + offset
    context.moveTo(x, slope === 1 ? box.y : bottom)
    context.lineTo(x + box.height, slope === 1 ? bottom : box.y)
  }
}
