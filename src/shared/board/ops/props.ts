/** Properties of shapes as tools give them, and as records hold them. The reader's other half. */
import type { Json } from '../../ot/records'
import { clamp, MAX_COORDINATE } from '../limits'
import type { Colour, Fill } from '../palette'
import type { Binding, Labelled, Shape, ShapeType } from '../shape'
import type { Align, Arrowhead, Dash, FillStyle, FontName, TextStyle, VerticalAlign } from '../style'

/** What can be written to a shape. What is left out stays as it is; null takes it away. */
export interface ShapeProps {
  readonly x?: number
  readonly y?: number
  readonly width?: number
  readonly height?: number
  readonly angle?: number
  readonly stroke?: Colour
  readonly fill?: Fill
  readonly fillStyle?: FillStyle
  readonly strokeWidth?: number
  readonly dash?: Dash
  readonly opacity?: number
  readonly locked?: boolean
  readonly order?: string | null
  readonly groups?: readonly string[]
  readonly frameId?: string | null
  readonly round?: boolean
  readonly curved?: boolean
  readonly closed?: boolean
  readonly wraps?: boolean
  readonly font?: FontName
  readonly fontSize?: number
  readonly align?: Align
  readonly verticalAlign?: VerticalAlign
  readonly startHead?: Arrowhead
  readonly endHead?: Arrowhead
  readonly start?: Binding | null
  readonly end?: Binding | null
  /** x, y of each point of a line or arrow, relative to the origin. */
  readonly points?: readonly number[]
  readonly scaleX?: number
  readonly scaleY?: number
  readonly hasPressure?: boolean
  readonly assetId?: string | null
  readonly flipX?: boolean
  readonly flipY?: boolean
}

/** A shape to be made. */
export interface NewShape extends ShapeProps {
  /** A new id: random, not used before. */
  readonly id: string
  readonly type: ShapeType
  /** Text of a labelled shape; the title of a frame. */
  readonly label?: string
  /** x, y, pressure of each point of a stroke, relative to the origin. */
  readonly path?: readonly number[]
}

/** A number as it is stored: to the hundredth of a unit, which no screen shows, and within the board. */
export function stored(value: number): number {
  return clamp(Math.round(value * 100) / 100, -MAX_COORDINATE, MAX_COORDINATE) || 0
}

/** A number to six digits behind the point, for angles and factors. */
export function storedFine(value: number): number {
  return Math.round(value * 1e6) / 1e6 || 0
}

const asIs = (value: Json): Json => value
/** False is left out in a record. */
const flag = (value: boolean): Json => value || null

/** How a record keeps each property, and its name there where that is another. */
const KEPT: {
  readonly [K in keyof ShapeProps]-?: {
    readonly keep: (value: NonNullable<ShapeProps[K]>) => Json
    readonly name?: string
  }
} = {
  x: { keep: stored },
  y: { keep: stored },
  width: { keep: stored },
  height: { keep: stored },
  fontSize: { keep: stored },
  angle: { keep: storedFine },
  scaleX: { keep: storedFine },
  scaleY: { keep: storedFine },
  opacity: { keep: storedFine },
  strokeWidth: { keep: storedFine },
  stroke: { keep: asIs },
  fill: { keep: asIs },
  fillStyle: { keep: asIs },
  dash: { keep: asIs },
  order: { keep: asIs },
  font: { keep: asIs },
  align: { keep: asIs },
  verticalAlign: { keep: asIs },
  startHead: { keep: asIs },
  endHead: { keep: asIs },
  locked: { keep: flag },
  round: { keep: flag },
  curved: { keep: flag },
  closed: { keep: flag },
  wraps: { keep: flag },
  hasPressure: { keep: flag },
  flipX: { keep: flag },
  flipY: { keep: flag },
  groups: { keep: (groups) => (groups.length === 0 ? null : groups) },
  frameId: { keep: asIs, name: 'frame' },
  assetId: { keep: asIs, name: 'asset' },
  points: { keep: (points) => points.map(stored) },
  start: { keep: storedBinding },
  end: { keep: storedBinding },
}

/** Properties as a record holds them: false and empty are left out there, so they are null here. */
export function storedProps(props: ShapeProps): Record<string, Json> {
  const out: Record<string, Json> = {}
  // Only what is given: thousands of shapes that are dragged have nothing but a new place.
  for (const [key, value] of Object.entries(props) as [keyof ShapeProps, unknown][]) {
    if (value === undefined || !Object.hasOwn(KEPT, key)) continue
    const { keep, name = key } = KEPT[key] as { keep(value: unknown): Json; name?: string }
    out[name] = value === null ? null : keep(value)
  }
  return out
}

function storedBinding(binding: Binding): Json {
  const { shapeId, anchor, gap, exact } = binding
  return {
    shape: shapeId,
    x: storedFine(anchor.x),
    y: storedFine(anchor.y),
    gap: stored(gap),
    ...(exact ? { exact } : {}),
  }
}

/** A shape as something to be made: what `createShapes` makes of it is read as an equal one. */
export function asNew(shape: Shape): NewShape {
  const { id, type, x, y, box, angle, stroke, fill, fillStyle, strokeWidth, dash, opacity } = shape
  const { locked, groups, frameId = null } = shape
  const style = { stroke, fill, fillStyle, strokeWidth, dash, opacity }
  const common = { id, type, x, y, ...style, locked, groups, frameId, ...(angle === 0 ? {} : { angle }) }
  const size = { width: box.width, height: box.height }
  switch (shape.type) {
    case 'rectangle':
    case 'diamond':
    case 'ellipse':
      return { ...common, ...size, ...textOf(shape), round: shape.round }
    case 'note':
      return { ...common, ...size, ...textOf(shape) }
    case 'text':
      return { ...common, ...size, ...textOf(shape), wraps: shape.wraps }
    case 'line':
      return { ...common, points: shape.points, curved: shape.curved, closed: shape.closed }
    case 'arrow': {
      const { points, curved, startHead, endHead, start = null, end = null } = shape
      return { ...common, ...textOf(shape), points, curved, startHead, endHead, start, end }
    }
    case 'draw':
    case 'highlight': {
      const { points, scaleX, scaleY, hasPressure } = shape
      return { ...common, path: points, scaleX, scaleY, hasPressure }
    }
    case 'image': {
      const { assetId = null, flipX, flipY, label } = shape
      return { ...common, ...size, assetId, flipX, flipY, label }
    }
    case 'frame':
      return { ...common, ...size, label: shape.label }
  }
}

function textOf(shape: Labelled): Pick<NewShape, 'label' | keyof TextStyle> {
  const { label, font, fontSize, align, verticalAlign } = shape
  return { label, font, fontSize, align, verticalAlign }
}
