import {
  STROKE_STRIDE,
  type Box,
  type ClosedShape,
  type Shape,
  type StrokeShape,
} from '../../../shared/board/shape'
import { fillTone, strokeTone } from './colours'
import type { DrawContext, Look } from './drawShape'
import { faintness } from './hatching'

/** Shapes of less than this on the screen, in device pixels, are drawn without what nobody sees of them then. */
const TINY = 16
/** Points of a line that are nearer than this on the screen, in device pixels, are one. */
const DETAIL = 1
/** Letters lower than this on the screen, in device pixels, are not there. */
const MIN_BAR_HEIGHT = 1.5

/**
 * Draws what is small on the screen with as few steps as can be: boards of ten thousand shapes are first seen from afar.
 * False where it has drawn nothing, since the shape is too large or of a kind that takes more.
 */
export function drawTiny(context: DrawContext, shape: Shape, look: Look): boolean {
  const { box, opacity, angle } = shape
  if (Math.max(box.width, box.height) * look.scale >= TINY) return false
  if (opacity !== 1 || angle !== 0 || shape.dash !== 'solid' || shape.frameId !== undefined) return false
  switch (shape.type) {
    case 'rectangle':
    case 'ellipse':
    case 'diamond':
      if (shape.label !== '' && shape.fontSize * look.scale >= MIN_BAR_HEIGHT) return false
      drawClosed(context, shape, look)
      return true
    case 'draw':
      drawStroke(context, shape, look)
      return true
    default:
      return false
  }
}

function drawClosed(context: DrawContext, shape: ClosedShape, { colours }: Look): void {
  const { type, box, fill, fillStyle, stroke, strokeWidth } = shape
  context.beginPath()
  trace(context, type, box)
  if (fill !== 'none') {
    const isSolid = fillStyle === 'solid'
    context.fillStyle = isSolid ? fillTone(colours, fill) : strokeTone(colours, fill)
    context.globalAlpha = faintness(fillStyle)
    context.fill()
    context.globalAlpha = 1
  }
  context.strokeStyle = strokeTone(colours, stroke)
  context.lineWidth = strokeWidth
  context.stroke()
}

function trace(context: DrawContext, type: ClosedShape['type'], { x, y, width, height }: Box): void {
  const [middleX, middleY] = [x + width / 2, y + height / 2]
  if (type === 'rectangle') context.rect(x, y, width, height)
  else if (type === 'ellipse') context.ellipse(middleX, middleY, width / 2, height / 2, 0, 0, 2 * Math.PI)
  else {
    context.moveTo(middleX, y)
    context.lineTo(x + width, middleY)
    context.lineTo(middleX, y + height)
    context.lineTo(x, middleY)
    context.closePath()
  }
}

function drawStroke(context: DrawContext, shape: StrokeShape, { colours, scale }: Look): void {
  const { x, y, points, scaleX, scaleY, stroke, strokeWidth } = shape
  const detail = DETAIL / scale
  const last = points.length - STROKE_STRIDE
  let [lastX, lastY] = [Infinity, Infinity]
  context.beginPath()
  for (let i = 0; i <= last; i += STROKE_STRIDE) {
    const atX = x + (points[i] as number) * scaleX
    const atY = y + (points[i + 1] as number) * scaleY
    if (i === 0) context.moveTo(atX, atY)
    else if (i < last && Math.abs(atX - lastX) < detail && Math.abs(atY - lastY) < detail) continue
    // A dot is a line of no length, which round caps make visible.
    else context.lineTo(atX, atY)
    lastX = atX
    lastY = atY
  }
  if (last === 0) context.lineTo(lastX, lastY)
  context.strokeStyle = strokeTone(colours, stroke)
  context.lineWidth = lineWidthFromAfar(strokeWidth, scale)
  context.lineCap = 'round'
  context.stroke()
}

/** How wide a pen's stroke is drawn as a line, in board units. */
export function lineWidthFromAfar(strokeWidth: number, scale: number): number {
  return Math.max(strokeWidth * 1.3, 0.7 / scale)
}
