/** Elements of Excalidraw as shapes. Ids are still Excalidraw's. */
import { boxAround, centreOf } from '../geometry/box'
import { flattenCurve } from '../geometry/curve'
import { rotatePoint } from '../geometry/vector'
import { MAX_LINE_POINTS, MAX_STROKE_POINTS } from '../limits'
import type { Point } from '../shape'
import { lineThrough } from '../ops/transform'
import type { NewShape } from '../ops/props'
import { fillFrom, strokeFrom } from './colours'
import {
  noteSchema,
  type ClosedElement,
  type Element,
  type FreedrawElement,
  type LineElement,
} from './schema'
import type { TextElement } from './schema'
import {
  alignFrom,
  arrowheadFrom,
  dashFrom,
  DOT_STEP,
  fillStyleFrom,
  fontFrom,
  FREEDRAW_WIDTH,
  HIGHLIGHT_OPACITY,
  HIGHLIGHT_WIDTH,
  verticalAlignFrom,
} from './values'

/** The shapes of an element: one, or for a freehand stroke that is too long for one, several. */
export function shapesOf(element: Element, label: TextElement | undefined): NewShape[] {
  switch (element.type) {
    case 'rectangle':
    case 'diamond':
    case 'ellipse':
      return [closedShape(element, label)]
    case 'text':
      return [
        {
          ...common(element),
          ...boxOf(element),
          ...textOf(element),
          type: 'text',
          wraps: !element.autoResize,
        },
      ]
    case 'line':
    case 'arrow':
    case 'draw':
      return element.points.length < 2 ? [] : [lineShape(element, label)]
    case 'freedraw':
      return strokes(element)
    case 'image':
      return [
        {
          ...common(element),
          ...boxOf(element),
          type: 'image',
          assetId: element.fileId ?? null,
          flipX: element.scale[0] < 0,
          flipY: element.scale[1] < 0,
        },
      ]
    case 'frame':
    case 'magicframe':
      return [{ ...common(element), ...boxOf(element), type: 'frame', angle: 0, label: element.name ?? '' }]
  }
}

/** True for an element with a text inside of it that is one of our labels. */
export function canHoldLabel(element: Element | undefined): boolean {
  switch (element?.type) {
    case 'rectangle':
    case 'diamond':
    case 'ellipse':
    case 'arrow':
      return true
    case 'draw':
    case 'frame':
    case 'freedraw':
    case 'image':
    case 'line':
    case 'magicframe':
    case 'text':
    case undefined:
      return false
  }
}

function common(element: Element): Omit<NewShape, 'type'> {
  const fill = fillFrom(element.backgroundColor)
  const stroke = strokeFrom(element.strokeColor)
  return {
    id: element.id,
    x: element.x,
    y: element.y,
    angle: element.angle,
    // A line that is not to be seen is one in the colour of what it goes around.
    stroke: stroke ?? (fill === 'none' ? 'ink' : fill),
    fill,
    fillStyle: fillStyleFrom(element.fillStyle),
    strokeWidth: element.strokeWidth,
    dash: dashFrom(element.strokeStyle),
    opacity: Math.min(100, Math.max(0, element.opacity)) / 100,
    locked: element.locked,
    groups: element.groupIds,
    frameId: element.frameId ?? null,
  }
}

/** The box of an element; a negative size is one pulled over its own edge. */
function boxOf({ x, y, width, height }: Element): Pick<NewShape, 'x' | 'y' | 'width' | 'height'> {
  return {
    x: width < 0 ? x + width : x,
    y: height < 0 ? y + height : y,
    width: Math.abs(width),
    height: Math.abs(height),
  }
}

function closedShape(element: ClosedElement, label: TextElement | undefined): NewShape {
  const made = noteOf(element)
  const isRound = (element.roundness ?? null) !== null || element.strokeSharpness === 'round'
  const labelled = label === undefined ? {} : textOf(label)
  const shape = { ...common(element), ...boxOf(element), ...labelled, type: element.type, round: isRound }
  const isUnseen = strokeFrom(element.strokeColor) === undefined
  if (element.type === 'rectangle' && made?.type === 'note')
    return { ...shape, type: 'note', stroke: strokeOf(label), round: false }
  if (isUnseen && shape.fill === 'none') {
    // A box that only holds a text together is that text, broken at its width.
    if (label !== undefined && element.type === 'rectangle')
      return { ...shape, type: 'text', wraps: true, round: false, stroke: strokeOf(label) }
    return { ...shape, opacity: 0 }
  }
  return shape
}

function strokeOf(label: TextElement | undefined): NonNullable<NewShape['stroke']> {
  return (label === undefined ? undefined : strokeFrom(label.strokeColor)) ?? 'ink'
}

function textOf(element: TextElement): Partial<NewShape> {
  return {
    // `text` has line ends where Excalidraw has broken it; `originalText` is what was typed.
    label: element.originalText ?? element.text,
    font: noteOf(element)?.font ?? fontFrom(element.fontFamily),
    fontSize: element.fontSize,
    align: alignFrom(element.textAlign),
    verticalAlign: verticalAlignFrom(element.verticalAlign),
  }
}

function lineShape(element: LineElement, label: TextElement | undefined): NewShape {
  const isCurved = (element.roundness ?? null) !== null || element.strokeSharpness === 'round'
  const heads = {
    startHead: arrowheadFrom(element.startArrowhead),
    endHead: arrowheadFrom(element.endArrowhead),
  }
  const isArrow = element.type === 'arrow' || heads.startHead !== 'none' || heads.endHead !== 'none'
  let points = turned(element, isCurved)
  const [first, last] = [points[0] as Point, points.at(-1) as Point]
  const isLoop = first.x === last.x && first.y === last.y && points.length > 3
  const isClosed = !isArrow && isLoop && (element.polygon || fillFrom(element.backgroundColor) !== 'none')
  if (isClosed) points = points.slice(0, -1)
  const line = { ...common(element), ...lineThrough(thinned(points)), angle: 0, curved: isCurved }
  if (!isArrow) return { ...line, type: 'line', closed: isClosed }
  return { ...line, ...heads, ...(label === undefined ? {} : textOf(label)), type: 'arrow' }
}

/** Points on the board: Excalidraw turns lines about the middle of their box, here their points are turned. */
function turned(element: LineElement, isCurved: boolean): Point[] {
  const points = element.points.map(([x, y]) => ({ x: element.x + x, y: element.y + y }))
  if (element.angle === 0) return points
  const centre = centreOf(boxAround(isCurved ? flattenCurve(points) : points))
  return points.map((point) => rotatePoint(point, element.angle, centre))
}

/** As many points as a line may have, evenly taken, with the first and the last. */
function thinned(points: readonly Point[]): readonly Point[] {
  if (points.length <= MAX_LINE_POINTS) return points
  const step = (points.length - 1) / (MAX_LINE_POINTS - 1)
  return Array.from({ length: MAX_LINE_POINTS }, (_, i) => points[Math.round(i * step)] as Point)
}

function strokes(element: FreedrawElement): NewShape[] {
  const { pressures, simulatePressure } = element
  const [first, second] = element.points
  const isDot =
    element.points.length === 2 &&
    first !== undefined &&
    second !== undefined &&
    Math.hypot(second[0] - first[0], second[1] - first[1]) < 2 * DOT_STEP
  const points = isDot ? [first] : element.points
  const isHighlight = noteOf(element)?.type === 'highlight'
  const shape: NewShape = {
    ...common(element),
    type: isHighlight ? 'highlight' : 'draw',
    strokeWidth: isHighlight ? element.strokeWidth / HIGHLIGHT_WIDTH : element.strokeWidth * FREEDRAW_WIDTH,
    opacity: Math.min(1, element.opacity / (isHighlight ? HIGHLIGHT_OPACITY : 100)),
    fill: 'none',
    hasPressure: !simulatePressure && pressures.length > 0,
  }
  const pathOf = (places: readonly Point[]): number[] =>
    places.flatMap(({ x, y }, i) => [x, y, pressures[i] ?? 0.5])
  const places = points.map(([x, y]) => ({ x, y }))
  if (places.length <= MAX_STROKE_POINTS) return [{ ...shape, path: pathOf(places) }]
  const pieces: NewShape[] = []
  const most = MAX_STROKE_POINTS * 3
  // A piece would turn about its own middle: the points are turned instead.
  const centre = centreOf(boxAround(places))
  const path = pathOf(places.map((place) => rotatePoint(place, element.angle, centre)))
  // Each piece begins at the last point of the one before; the pieces are a group.
  for (let from = 0; from < path.length - 3; from += most - 3) {
    const id = from === 0 ? element.id : `${element.id}+${pieces.length}`
    const groups = element.groupIds.length === 0 ? [`${element.id}+`] : element.groupIds
    pieces.push({ ...shape, id, groups, angle: 0, path: path.slice(from, from + most) })
  }
  return pieces
}

function noteOf(element: Element): ReturnType<typeof noteSchema.parse> | undefined {
  const parsed = noteSchema.safeParse(element.customData?.inkroom)
  return parsed.success ? parsed.data : undefined
}
