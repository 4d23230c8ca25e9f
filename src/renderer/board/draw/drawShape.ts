import { headLength, HIGHLIGHTER_SIZE, middleOf } from '../../../shared/board/geometry/bounds'
import { cornerRadius, linePath as flatLine, pointsOfLine } from '../../../shared/board/geometry/outline'
import { arrowLabelBox, labelBox } from '../../../shared/board/labels'
import type { ArrowShape, Box, ClosedShape, LineShape, Shape, StrokeShape } from '../../../shared/board/shape'
import type { ShapeStyle } from '../../../shared/board/style'
import type { TextMeasure } from '../../../shared/board/textLayout'
import { drawArrowhead } from './arrowheads'
import { fillTone, strokeTone, type BoardColours } from './colours'
import { drawTiny, lineWidthFromAfar } from './drawTiny'
import { inkPath, strokeCentre } from './freehand'
import { labelTone, noteTone } from './labelTone'
import { diamondPath, ellipsePath, linePath, rectanglePath } from './outlines'
import { drawFill } from './hatching'
import { drawLines } from './text'
import { drawPicture } from '../pictures/drawPicture'
import type { PictureSource } from '../pictures/pictureLook'

export type DrawContext = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D

/** What drawing a shape needs beside the shape. */
export interface Look {
  readonly colours: BoardColours
  /** Device pixels for each board unit. */
  readonly scale: number
  readonly measure: TextMeasure
  readonly pictures: PictureSource
  /** Shown above frames that have no title; empty: nothing is. */
  untitledFrame(): string
  /** The shape whose label is being edited: a text field shows it. */
  readonly editing: string | undefined
  /** The area a shape of a frame is drawn in. */
  frameOf(shape: Shape): Box | undefined
}

/** Below this width on the screen, in device pixels, a pen stroke is a line. */
const THIN = 1.6

/** Distance on the screen, in device pixels, that two points of a thin line have to have so that one can tell. */
const DETAIL = 1

/** Draws one shape, an arrow as `routeArrow` gives it; the context is in board units. */
export function drawShape(context: DrawContext, shape: Shape, look: Look): void {
  if (drawTiny(context, shape, look)) return
  context.save()
  const clip = look.frameOf(shape)
  if (clip !== undefined) {
    context.beginPath()
    context.rect(clip.x, clip.y, clip.width, clip.height)
    context.clip()
  }
  context.globalAlpha = shape.opacity
  if (shape.angle !== 0) rotate(context, shape.box, shape.angle)
  switch (shape.type) {
    case 'rectangle':
    case 'diamond':
    case 'ellipse':
      drawClosed(context, shape, look)
      break
    case 'note':
      drawNote(context, shape.box, shape, look)
      break
    case 'line':
      drawLine(context, shape, look)
      break
    case 'arrow':
      drawArrow(context, shape, look)
      break
    case 'draw':
    case 'highlight':
      drawStroke(context, shape, look)
      break
    case 'image':
      drawPicture(context, shape, look)
      break
    case 'frame':
      drawFrame(context, shape.box, shape.label, shape.id, look)
      break
    case 'text':
      break
  }
  if (
    (shape.type === 'rectangle' ||
      shape.type === 'diamond' ||
      shape.type === 'ellipse' ||
      shape.type === 'note' ||
      shape.type === 'text') &&
    shape.label !== '' &&
    look.editing !== shape.id
  ) {
    context.fillStyle = labelTone(look.colours, shape)
    const box = labelBox(shape.type, shape.box, shape, shape.lines.length)
    drawLines(context, shape.lines, box, shape, look.scale, look.measure)
  }
  context.restore()
}

function rotate(context: DrawContext, box: Box, angle: number): void {
  const x = box.x + box.width / 2
  const y = box.y + box.height / 2
  context.translate(x, y)
  context.rotate(angle)
  context.translate(-x, -y)
}

/** Sets the pen for outlines. */
function setPen(context: DrawContext, style: ShapeStyle, look: Look): void {
  context.strokeStyle = strokeTone(look.colours, style.stroke)
  context.lineWidth = style.strokeWidth
  context.lineJoin = 'round'
  context.lineCap = 'round'
  const width = style.strokeWidth
  if (style.dash === 'dashed') context.setLineDash([6 + width * 2, 5 + width * 2.2])
  else if (style.dash === 'dotted') context.setLineDash([0.01, 3 + width * 1.8])
}

function drawClosed(context: DrawContext, shape: ClosedShape, look: Look): void {
  const radius = cornerRadius(shape)
  const path =
    shape.type === 'ellipse'
      ? ellipsePath(shape.box)
      : shape.type === 'diamond'
        ? diamondPath(shape.box, radius)
        : rectanglePath(shape.box, radius)
  drawFill(context, path, shape.box, shape, look.colours, look.scale)
  setPen(context, shape, look)
  context.stroke(path)
}

function drawNote(context: DrawContext, box: Box, style: ShapeStyle, look: Look): void {
  if (look.scale > 0.25) {
    // A shadow of a few soft steps: blurred ones cost too much to paint.
    context.fillStyle = look.colours.shade
    for (let step = 1; step <= 4; step++) {
      context.fillRect(box.x + step - 1, box.y + 2 * step, box.width + 2 - 2 * step, box.height)
    }
  }
  context.fillStyle = noteTone(look.colours, style.fill)
  context.fillRect(box.x, box.y, box.width, box.height)
}

function drawLine(context: DrawContext, shape: LineShape, look: Look): void {
  const points = pointsOfLine(shape)
  const path = linePath(points, shape.curved, shape.closed)
  if (shape.closed) drawFill(context, path, shape.box, shape, look.colours, look.scale)
  setPen(context, shape, look)
  context.stroke(path)
}

function drawArrow(context: DrawContext, shape: ArrowShape, look: Look): void {
  const points = pointsOfLine(shape)
  const [start, second] = points
  const end = points.at(-1)
  const beforeEnd = points.at(-2)
  if (start === undefined || second === undefined || end === undefined || beforeEnd === undefined) return
  context.save()
  const hasLabel = shape.label !== '' || look.editing === shape.id
  const place = arrowLabelBox(middleOf(flatLine(shape)), shape)
  if (hasLabel) {
    // The line stops where its label stands.
    const hole = new Path2D()
    const reach = 1e6
    hole.rect(place.x - reach, place.y - reach, 2 * reach, 2 * reach)
    hole.rect(place.x, place.y, place.width, place.height)
    context.clip(hole, 'evenodd')
  }
  setPen(context, shape, look)
  context.fillStyle = context.strokeStyle
  context.stroke(linePath(points, shape.curved, false))
  context.setLineDash([])
  const length = headLength(shape)
  drawArrowhead(context, shape.startHead, start, second, length)
  drawArrowhead(context, shape.endHead, end, beforeEnd, length)
  context.restore()
  if (hasLabel && look.editing !== shape.id) {
    context.fillStyle = strokeTone(look.colours, shape.stroke)
    drawLines(context, shape.lines, place, { ...shape, align: 'center' }, look.scale, look.measure)
  }
}

function drawStroke(context: DrawContext, shape: StrokeShape, look: Look): void {
  context.translate(shape.x, shape.y)
  const tone = strokeTone(look.colours, shape.stroke)
  context.lineCap = 'round'
  context.lineJoin = 'round'
  if (shape.type === 'highlight') {
    // As ink on paper, and as light in the dark: what lies below stays readable.
    context.globalCompositeOperation = look.colours.theme === 'light' ? 'multiply' : 'screen'
    context.strokeStyle = fillTone(look.colours, shape.stroke)
    context.lineWidth = shape.strokeWidth * HIGHLIGHTER_SIZE
    context.stroke(strokeCentre(shape))
  } else if (shape.strokeWidth * look.scale < THIN) {
    context.strokeStyle = tone
    context.lineWidth = lineWidthFromAfar(shape.strokeWidth, look.scale)
    context.stroke(strokeCentre(shape, DETAIL / look.scale))
  } else {
    context.fillStyle = tone
    context.fill(inkPath(shape))
  }
}

/** Size of a frame's title on the screen, in CSS pixels at zoom 1. */
export const FRAME_TITLE_SIZE = 14

function drawFrame(context: DrawContext, box: Box, title: string, id: string, look: Look): void {
  context.strokeStyle = look.colours.frame
  context.lineWidth = 1.5
  const path = rectanglePath(box, Math.min(8, box.width / 4, box.height / 4))
  context.stroke(path)
  const [line = ''] = (title === '' ? look.untitledFrame() : title).split('\n')
  if (line === '' || look.editing === id) return
  context.fillStyle = look.colours.frameTitle
  const width = look.measure(line, 'sans', FRAME_TITLE_SIZE)
  drawLines(
    context,
    [line],
    { x: box.x + 2, y: box.y - FRAME_TITLE_SIZE * 1.6, width, height: FRAME_TITLE_SIZE },
    { font: 'sans', fontSize: FRAME_TITLE_SIZE, align: 'left' },
    look.scale,
    look.measure,
  )
}
