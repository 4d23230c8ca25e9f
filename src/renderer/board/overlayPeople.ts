import { boundsOf } from '../../shared/board/geometry/bounds'
import type { Box, Point, Shape } from '../../shared/board/shape'
import { toScreen, type Camera, type ScreenSize } from './camera'
import { frameAround, frameOnScreen } from './handles'
import type { CaretLine } from './labelCaret'
import type { FlagOwner, NameFlags } from './nameFlags'
import { fillFrame, strokeFrame } from './overlayFrames'
import type { DrawContext } from './draw/drawShape'

/** Somebody else on this board. */
export interface OtherPerson extends FlagOwner {
  readonly sessionId: string
  readonly pointer: Point | undefined
  readonly selected: readonly Shape[]
  /** Ids of shapes that they are moving or changing now. */
  readonly inHand: ReadonlySet<string>
  /** Where they write in a label. */
  readonly caret: CaretLine | undefined
}

/** A pointer nearer than this to what its person has selected names both, in CSS pixels. */
const NEAR = 120

/** What somebody has selected, in their colour; what they have in hand stands out. */
export function paintOthersSelection(
  context: DrawContext,
  camera: Camera,
  other: OtherPerson,
  flags: NameFlags,
): void {
  context.strokeStyle = context.fillStyle = other.tone
  for (const shape of other.selected) {
    const frame = frameAround([shape])
    if (frame === undefined) continue
    const onScreen = frameOnScreen(frame, camera)
    const isInHand = other.inHand.has(shape.id)
    context.lineWidth = isInHand ? 2.5 : 1.5
    strokeFrame(context, onScreen)
    if (!isInHand) continue
    context.globalAlpha = 0.1
    fillFrame(context, onScreen)
    context.globalAlpha = 1
  }
  const [first] = other.selected
  if (first === undefined || other.caret !== undefined) return
  const bounds = boundsOf(first)
  const corner = toScreen(camera, bounds)
  const isNamed =
    other.pointer !== undefined && isNear(toScreen(camera, other.pointer), corner, bounds, camera.zoom)
  if (!isNamed || other.inHand.has(first.id)) flags.draw(context, other, corner.x - 4, corner.y - 26)
}

function isNear(pointer: Point, corner: Point, { width, height }: Box, zoom: number): boolean {
  return (
    pointer.x > corner.x - NEAR &&
    pointer.y > corner.y - NEAR &&
    pointer.x < corner.x + width * zoom + NEAR &&
    pointer.y < corner.y + height * zoom + NEAR
  )
}

/** The caret of somebody who writes in a label, with the name above it. */
export function paintCaret(context: DrawContext, camera: Camera, other: OtherPerson, flags: NameFlags): void {
  if (other.caret === undefined) return
  const [top, bottom] = [toScreen(camera, other.caret.top), toScreen(camera, other.caret.bottom)]
  context.strokeStyle = other.tone
  context.lineWidth = 2
  context.lineCap = 'round'
  context.beginPath()
  context.moveTo(top.x, top.y)
  context.lineTo(bottom.x, bottom.y)
  context.stroke()
  flags.draw(context, other, top.x - 1, top.y - 21)
}

/** The pointer of somebody else, as an arrow with a flag. */
export function paintPointer(
  context: DrawContext,
  camera: Camera,
  size: ScreenSize,
  other: OtherPerson,
  flags: NameFlags,
): void {
  if (other.pointer === undefined) return
  const { x, y } = toScreen(camera, other.pointer)
  if (x < -20 || y < -20 || x > size.width + 20 || y > size.height + 20) return
  context.beginPath()
  context.moveTo(x, y)
  context.lineTo(x + 4.5, y + 15)
  context.lineTo(x + 7.6, y + 8.6)
  context.lineTo(x + 14, y + 5.8)
  context.closePath()
  context.fillStyle = other.tone
  context.strokeStyle = '#ffffff'
  context.lineWidth = 1.5
  context.lineJoin = 'round'
  context.stroke()
  context.fill()
  flags.draw(context, other, x + 12, y + 16)
}
