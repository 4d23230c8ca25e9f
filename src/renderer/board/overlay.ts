import { outlineOf } from '../../shared/board/geometry/outline'
import type { Box, Point, Shape } from '../../shared/board/shape'
import { toScreen, type Camera, type ScreenSize } from './camera'
import type { BoardColours } from './draw/colours'
import { frameAround, frameOnScreen, HANDLE_SIZE, hasPointHandles, placeHandles } from './handles'
import { strokeFrame } from './overlayFrames'
import type { NameFlags } from './nameFlags'
import { paintCaret, paintOthersSelection, paintPointer, type OtherPerson } from './overlayPeople'
import type { Guide } from './snapping'
import type { DrawContext } from './draw/drawShape'

/** A laser's trail, oldest first. */
export interface Trail {
  readonly tone: string
  readonly segments: readonly TrailSegment[]
}

export interface TrailSegment {
  readonly from: Point
  readonly to: Point
  /** When the laser had come to its end, in ms. */
  readonly time: number
}

/** What lies above the board. */
export interface OverlayState {
  readonly colours: BoardColours
  readonly selected: readonly Shape[]
  /** Around what is carried, which is not where it is on the board. */
  readonly carried: Box | undefined
  /** False while something is drawn or dragged: handles would only be in the way. */
  readonly hasHandles: boolean
  readonly marquee: Box | undefined
  readonly guides: readonly Guide[]
  /** The shape an arrow's end would be held by. */
  readonly holder: Shape | undefined
  readonly hovered: Shape | undefined
  readonly others: readonly OtherPerson[]
  /** With their names. */
  readonly flags: NameFlags
  readonly trails: readonly Trail[]
  /** The pointer that arrow keys move. */
  readonly keyPointer: Point | undefined
  /** Now, on the clock of the trails. */
  readonly now: number
}

/** How long a laser's trail is seen, in ms. */
export const TRAIL_MS = 1100

export function paintOverlay(
  context: DrawContext,
  camera: Camera,
  size: ScreenSize,
  state: OverlayState,
): void {
  const { colours, flags } = state
  for (const other of state.others) paintOthersSelection(context, camera, other, flags)
  if (state.hovered !== undefined) {
    context.strokeStyle = colours.accent
    context.globalAlpha = 0.5
    strokeOutline(context, camera, state.hovered, 1.5)
    context.globalAlpha = 1
  }
  if (state.holder !== undefined) {
    context.strokeStyle = colours.accent
    context.globalAlpha = 0.45
    strokeOutline(context, camera, state.holder, 5)
    context.globalAlpha = 1
  }
  paintSelection(context, camera, state)
  paintGuides(context, camera, state.guides, colours)
  if (state.marquee !== undefined) {
    const corner = toScreen(camera, state.marquee)
    const [width, height] = [state.marquee.width * camera.zoom, state.marquee.height * camera.zoom]
    context.fillStyle = colours.accent
    context.globalAlpha = 0.08
    context.fillRect(corner.x, corner.y, width, height)
    context.globalAlpha = 1
    context.strokeStyle = colours.accent
    context.lineWidth = 1
    context.strokeRect(corner.x, corner.y, width, height)
  }
  for (const trail of state.trails) paintTrail(context, camera, trail, state.now)
  for (const other of state.others) paintCaret(context, camera, other, flags)
  for (const other of state.others) paintPointer(context, camera, size, other, flags)
  if (state.keyPointer !== undefined) paintCrosshair(context, toScreen(camera, state.keyPointer), colours)
}

function strokeOutline(context: DrawContext, camera: Camera, shape: Shape, width: number): void {
  context.beginPath()
  for (const point of outlineOf(shape)) {
    const { x, y } = toScreen(camera, point)
    context.lineTo(x, y)
  }
  const isOpen =
    shape.type === 'draw' ||
    shape.type === 'highlight' ||
    shape.type === 'arrow' ||
    (shape.type === 'line' && !shape.closed)
  if (!isOpen) context.closePath()
  context.lineWidth = width
  context.lineJoin = 'round'
  context.stroke()
}

/** More selected shapes than this are shown by the frame around them only. */
const MAX_OUTLINES = 200

function paintSelection(context: DrawContext, camera: Camera, state: OverlayState): void {
  const { selected, carried, colours } = state
  context.strokeStyle = colours.accent
  context.lineWidth = 1
  if (carried !== undefined) return strokeFrame(context, frameOnScreen({ box: carried, angle: 0 }, camera))
  if (selected.length === 0) return
  if (hasPointHandles(selected)) {
    context.globalAlpha = 0.5
    strokeOutline(context, camera, selected[0], 1)
    context.globalAlpha = 1
  } else {
    if (selected.length > 1 && selected.length <= MAX_OUTLINES) {
      context.globalAlpha = 0.55
      for (const shape of selected) {
        const frame = frameAround([shape])
        if (frame !== undefined) strokeFrame(context, frameOnScreen(frame, camera))
      }
      context.globalAlpha = 1
    }
    const frame = frameAround(selected)
    if (frame !== undefined) {
      if (selected.some((shape) => shape.locked)) context.setLineDash([4, 3])
      strokeFrame(context, frameOnScreen(frame, camera))
      context.setLineDash([])
    }
  }
  if (!state.hasHandles) return
  for (const { handle, at } of placeHandles(selected, camera)) {
    context.beginPath()
    context.fillStyle = handle.kind === 'middle' ? colours.accent : colours.paper
    context.lineWidth = 1.5
    const half = HANDLE_SIZE / 2
    if (handle.kind === 'resize') context.roundRect(at.x - half, at.y - half, HANDLE_SIZE, HANDLE_SIZE, 2)
    else context.arc(at.x, at.y, handle.kind === 'middle' ? 3 : half + 0.5, 0, 2 * Math.PI)
    context.globalAlpha = handle.kind === 'middle' ? 0.6 : 1
    context.fill()
    if (handle.kind !== 'middle') context.stroke()
    context.globalAlpha = 1
  }
}

function paintGuides(
  context: DrawContext,
  camera: Camera,
  guides: readonly Guide[],
  colours: BoardColours,
): void {
  if (guides.length === 0) return
  context.strokeStyle = colours.guide
  context.lineWidth = 1
  context.beginPath()
  for (const { axis, at, from, to } of guides) {
    const ends =
      axis === 'x'
        ? [
            { x: at, y: from },
            { x: at, y: to },
          ]
        : [
            { x: from, y: at },
            { x: to, y: at },
          ]
    const [a, b] = ends.map((end) => toScreen(camera, end)) as [Point, Point]
    // On half pixels lines of one pixel are sharp.
    context.moveTo(Math.round(a.x) + 0.5, Math.round(a.y) + 0.5)
    context.lineTo(Math.round(b.x) + 0.5, Math.round(b.y) + 0.5)
  }
  context.stroke()
}

function paintTrail(context: DrawContext, camera: Camera, trail: Trail, now: number): void {
  context.strokeStyle = trail.tone
  context.lineCap = 'round'
  context.lineJoin = 'round'
  for (const { from, to, time } of trail.segments) {
    const left = 1 - (now - time) / TRAIL_MS
    if (left <= 0) continue
    const [a, b] = [toScreen(camera, from), toScreen(camera, to)]
    context.globalAlpha = Math.min(1, left * 1.4)
    context.lineWidth = 1 + 5 * left
    context.beginPath()
    context.moveTo(a.x, a.y)
    context.lineTo(b.x, b.y)
    context.stroke()
  }
  context.globalAlpha = 1
}

/** The keyboard's pointer: a cross with paper around it, seen on any ground. */
function paintCrosshair(context: DrawContext, { x, y }: Point, colours: BoardColours): void {
  context.beginPath()
  for (const [dx, dy] of [
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
  ] as const) {
    context.moveTo(x + 4 * dx, y + 4 * dy)
    context.lineTo(x + 14 * dx, y + 14 * dy)
  }
  context.lineCap = 'round'
  context.strokeStyle = colours.paper
  context.lineWidth = 5
  context.stroke()
  context.strokeStyle = colours.accent
  context.lineWidth = 2
  context.stroke()
}
