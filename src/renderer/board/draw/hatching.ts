import type { Box } from '../../../shared/board/shape'
import type { ShapeStyle } from '../../../shared/board/style'
import { fillTone, strokeTone, type BoardColours } from './colours'

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D

/** Distance of hatching lines, in board units. */
const STEP = 9
/** Lines nearer to each other on the screen, in device pixels, are a tone. */
const MIN_STEP = 2.5

/** Fills a closed outline as its style says; nothing for the fill `none`. `scale`: device pixels for each board unit. */
export function drawFill(
  context: Context,
  path: Path2D,
  box: Box,
  style: Pick<ShapeStyle, 'fill' | 'fillStyle'>,
  colours: BoardColours,
  scale: number,
): void {
  if (style.fill === 'none') return
  if (style.fillStyle === 'solid') {
    context.fillStyle = fillTone(colours, style.fill)
    context.fill(path)
    return
  }
  const alpha = context.globalAlpha
  if (STEP * scale < MIN_STEP) {
    context.globalAlpha *= faintness(style.fillStyle)
    context.fillStyle = strokeTone(colours, style.fill)
    context.fill(path)
    context.globalAlpha = alpha
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

/** Opacity of a plain fill that is as dark as that of a style is from afar. */
export function faintness(fillStyle: ShapeStyle['fillStyle']): number {
  return fillStyle === 'solid' ? 1 : fillStyle === 'cross' ? 0.2 : 0.1
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
