import { layoutText, type TextMeasure } from '../../../shared/board/textLayout'
import { LINE_HEIGHT } from '../../../shared/board/style'
import type { Box, ImageShape } from '../../../shared/board/shape'
import type { BoardColours } from '../draw/colours'
import { drawLines } from '../draw/text'
import type { PictureLook, PictureSource } from './pictureLook'

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D

/** What drawing a picture needs of what drawing a shape does. */
export interface PictureSurroundings {
  readonly colours: BoardColours
  /** Device pixels for each board unit. */
  readonly scale: number
  readonly measure: TextMeasure
  readonly pictures: PictureSource
}

/** Draws a picture, or a card in its place that says why it is not there; the context is turned as the shape is. */
export function drawPicture(context: Context, shape: ImageShape, look: PictureSurroundings): void {
  const { box, assetId } = shape
  const side = Math.max(box.width, box.height) * look.scale
  const picture: PictureLook = assetId === undefined ? { kind: 'missing' } : look.pictures.look(assetId, side)
  if (picture.kind === 'shown') {
    drawPixels(context, shape, picture.image)
    if (picture.upload !== undefined) drawUpload(context, box, picture, look)
  } else drawCard(context, box, picture, look)
}

function drawPixels(context: Context, { box, flipX, flipY }: ImageShape, image: CanvasImageSource): void {
  context.save()
  context.translate(box.x + box.width / 2, box.y + box.height / 2)
  context.scale(flipX ? -1 : 1, flipY ? -1 : 1)
  context.imageSmoothingQuality = 'medium'
  context.drawImage(image, -box.width / 2, -box.height / 2, box.width, box.height)
  context.restore()
}

/** Sizes of a card's parts go with the box, so that it can be read at any zoom that shows it as a card. */
function fontSizeFor(box: Box): number {
  return Math.min(40, box.width / 15, box.height / 8.5)
}

/** Where letters would be lower than this, in device pixels, there is only the icon. */
const MIN_LETTERS = 5

/** In font sizes. */
const ICON = 2.2
const GAP = 0.6
const BAR = 0.35

function drawCard(context: Context, box: Box, picture: PictureLook, look: PictureSurroundings): void {
  const { colours } = look
  const unit = fontSizeFor(box)
  context.beginPath()
  context.roundRect(box.x, box.y, box.width, box.height, unit * 0.5)
  context.fillStyle = colours.grid
  context.fill()
  context.strokeStyle = colours.frame
  context.lineWidth = Math.max(unit / 16, 1 / look.scale)
  context.stroke()

  const caption = unit * look.scale < MIN_LETTERS ? undefined : look.pictures.captionOf(picture)
  const width = box.width * 0.86
  const small = unit * 0.78
  const linesOf = (text: string | undefined, fontSize: number): readonly string[] =>
    text === undefined ? [] : layoutText(text, 'sans', fontSize, width, look.measure).lines
  const title = linesOf(caption?.title, unit)
  const detail = linesOf(caption?.detail, small)
  const hasBar = picture.kind === 'loading' && caption !== undefined
  const stack = (parts: { readonly hasIcon: boolean; readonly hasDetail: boolean }): number =>
    (parts.hasIcon ? ICON * unit + GAP * unit : 0) +
    title.length * unit * LINE_HEIGHT +
    (parts.hasDetail ? GAP * 0.5 * unit + detail.length * small * LINE_HEIGHT : 0) +
    (hasBar ? (GAP + BAR) * unit : 0)
  const room = box.height * 0.84
  const hasDetail = detail.length > 0 && stack({ hasIcon: false, hasDetail: true }) <= room
  const hasIcon = stack({ hasIcon: true, hasDetail }) <= room

  const middle = box.x + box.width / 2
  let y = box.y + (box.height - stack({ hasIcon, hasDetail })) / 2
  if (hasIcon) {
    const isBad = picture.kind !== 'opening' && picture.kind !== 'loading' && picture.kind !== 'waiting'
    drawIcon(context, middle - (ICON * unit) / 2, y, ICON * unit, isBad, colours)
    y += (ICON + GAP) * unit
  }
  const write = (lines: readonly string[], fontSize: number): void => {
    const height = lines.length * fontSize * LINE_HEIGHT
    const place = { x: middle - width / 2, y, width, height }
    const style = { font: 'sans', fontSize, align: 'center' } as const
    drawLines(context, lines, place, style, look.scale, look.measure)
    y += height
  }
  context.fillStyle = colours.frameTitle
  write(title, unit)
  if (hasDetail) {
    y += GAP * 0.5 * unit
    write(detail, small)
  }
  if (picture.kind === 'loading' && hasBar) {
    const length = Math.min(box.width * 0.6, unit * 9)
    const bar = { x: middle - length / 2, y: y + GAP * unit, width: length, height: BAR * unit }
    drawBar(context, bar, picture.progress ?? 0, colours.frame, colours.accent)
  }
}

/** A mountain under the sun in a frame, struck out where there is nothing to hope for; `size`: its side. */
function drawIcon(
  context: Context,
  x: number,
  y: number,
  size: number,
  isBad: boolean,
  colours: BoardColours,
): void {
  context.save()
  context.translate(x, y)
  context.scale(size / 24, size / 24)
  context.strokeStyle = colours.frameTitle
  context.lineWidth = 1.6
  context.lineCap = context.lineJoin = 'round'
  context.beginPath()
  context.roundRect(3, 3, 18, 18, 2.5)
  context.moveTo(11, 9)
  context.arc(9, 9, 2, 0, 2 * Math.PI)
  context.moveTo(21, 15)
  context.lineTo(17.9, 11.9)
  context.quadraticCurveTo(16.5, 10.6, 15.1, 11.9)
  context.lineTo(6, 21)
  if (isBad) {
    context.moveTo(1.5, 1.5)
    context.lineTo(22.5, 22.5)
  }
  context.stroke()
  context.restore()
}

function drawBar(context: Context, bar: Box, share: number, back: string, front: string): void {
  const { x, y, width, height } = bar
  context.beginPath()
  context.roundRect(x, y, width, height, height / 2)
  context.fillStyle = back
  context.fill()
  if (share <= 0) return
  context.beginPath()
  context.roundRect(x, y, Math.max(height, width * Math.min(1, share)), height, height / 2)
  context.fillStyle = front
  context.fill()
}

/** What is said on a picture that is still on its way to the server: light on a dark label, on any picture. */
function drawUpload(
  context: Context,
  box: Box,
  picture: PictureLook & { readonly kind: 'shown' },
  look: PictureSurroundings,
): void {
  const caption = look.pictures.captionOf(picture)
  if (caption === undefined) return
  const unit = Math.min(fontSizeFor(box) * 0.8, 26)
  const width = Math.min(look.measure(caption.title, 'sans', unit) + 1.6 * unit, box.width)
  const hasBar = picture.upload !== 0
  const height = unit * (hasBar ? 2.3 : 1.9)
  const label = { x: box.x + unit * 0.6, y: box.y + box.height - height - unit * 0.6, width, height }
  context.beginPath()
  context.roundRect(label.x, label.y, width, height, unit * 0.6)
  context.fillStyle = '#1d1c19d9'
  context.fill()
  context.fillStyle = '#ffffff'
  const place = { ...label, y: label.y + unit * 0.33 }
  const style = { font: 'sans', fontSize: unit, align: 'center' } as const
  drawLines(context, [caption.title], place, style, look.scale, look.measure)
  if (!hasBar) return
  const bar = {
    x: label.x + unit * 0.8,
    y: label.y + unit * 1.72,
    width: width - 1.6 * unit,
    height: unit * 0.25,
  }
  drawBar(context, bar, picture.upload ?? 0, '#ffffff55', '#ffffff')
}
