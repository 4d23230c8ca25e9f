/**
 * Shapes: what the records of a board mean. A shape is read from one record by `readShape` and never changes; it
 * holds nothing that is not valid, whatever the record holds.
 *
 * Coordinates are board units, y pointing down. Angles are radians, clockwise on the screen, about the centre of
 * `box`.
 */
import type { Arrowhead, ShapeStyle, TextStyle } from './style'

export interface Point {
  readonly x: number
  readonly y: number
}

/** A rectangle along the axes; width and height are not negative. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface ShapeCommon extends ShapeStyle {
  /** Id of the record. */
  readonly id: string
  /** Origin that points are relative to; the top left corner where a shape has no points. */
  readonly x: number
  readonly y: number
  /** The shape before it is rotated. A box grows downwards where its label needs more room. */
  readonly box: Box
  /** 0 to 2 pi; always 0 for lines, arrows and frames. */
  readonly angle: number
  /** Fractional key; undefined where the record has none that is valid. Such shapes lie on top. See `compareShapes`. */
  readonly order: string | undefined
  readonly locked: boolean
  /** Ids of the groups the shape is in, innermost first. A group of fewer than two living shapes is none. */
  readonly groups: readonly string[]
  /** The frame the shape belongs to. There may be no such frame, or it may be deleted. */
  readonly frameId: string | undefined
  readonly deleted: boolean
}

/** A shape whose text is edited on the board. */
export interface Labelled extends TextStyle {
  /** May have several lines, ended by `\n`. */
  readonly label: string
  /** The label as it is set, broken where it has no more room. `labelBox` says where the lines lie. */
  readonly lines: readonly string[]
  /** Width of the longest line. */
  readonly textWidth: number
}

/** A closed outline with a label in it. */
export interface ClosedShape extends ShapeCommon, Labelled {
  readonly type: 'rectangle' | 'diamond' | 'ellipse'
  /** Corners are rounded; means nothing for an ellipse. */
  readonly round: boolean
}

/** A sticky note: filled with its `fill` and without an outline. */
export interface NoteShape extends ShapeCommon, Labelled {
  readonly type: 'note'
}

export interface TextShape extends ShapeCommon, Labelled {
  readonly type: 'text'
  /** True: lines are broken at the width of the box. False: the box is as wide as the longest line. */
  readonly wraps: boolean
}

/** Where an end of an arrow is held by a shape. It follows: its point is worked out when it is read. */
export interface Binding {
  readonly shapeId: string
  /** Fractions, 0 to 1, of the shape's box before rotation. */
  readonly anchor: Point
  /** Distance between the end and the outline. */
  readonly gap: number
  /** True: the arrow ends at the anchor itself. False: where it meets the outline on the way there. */
  readonly exact: boolean
}

/** A line through points. Its points are one property: of two people who bend one line, the later counts. */
export interface LineShape extends ShapeCommon {
  readonly type: 'line'
  /** x, y of each point relative to the origin; at least two points. */
  readonly points: readonly number[]
  /** A smooth curve through the points instead of straight pieces. */
  readonly curved: boolean
  /** Joins the last point with the first, so that it can be filled. */
  readonly closed: boolean
}

export interface ArrowShape extends ShapeCommon, Labelled {
  readonly type: 'arrow'
  /** As for a line. What is drawn is `routeArrow`, which has the ends that are bound somewhere else. */
  readonly points: readonly number[]
  readonly curved: boolean
  readonly startHead: Arrowhead
  readonly endHead: Arrowhead
  readonly start: Binding | undefined
  readonly end: Binding | undefined
}

/** Numbers for each point of a stroke: x, y, pressure. */
export const STROKE_STRIDE = 3

/** A freehand stroke. Points are only appended; resizing sets the scale. */
export interface StrokeShape extends ShapeCommon {
  readonly type: 'draw' | 'highlight'
  /** x, y and pressure (0 to 1) of each point: to be scaled, then moved by the origin. At least one point. */
  readonly points: readonly number[]
  /** Negative where the stroke is mirrored. */
  readonly scaleX: number
  readonly scaleY: number
  /** True for pressure from a pen; otherwise it is guessed from the speed. */
  readonly hasPressure: boolean
}

export interface ImageShape extends ShapeCommon {
  readonly type: 'image'
  /** The stored content; undefined where the record names none. */
  readonly assetId: string | undefined
  readonly flipX: boolean
  readonly flipY: boolean
  /** What the picture shows, for people who cannot see it. */
  readonly label: string
}

/** A named area. What belongs to it moves with it and is drawn clipped to it. Frames do not lie in frames. */
export interface FrameShape extends ShapeCommon {
  readonly type: 'frame'
  /** The title. */
  readonly label: string
}

export type Shape =
  | ClosedShape
  | NoteShape
  | TextShape
  | LineShape
  | ArrowShape
  | StrokeShape
  | ImageShape
  | FrameShape

export type ShapeType = Shape['type']

/** Kinds of records that are shapes. A kind never changes its meaning once released. */
export const SHAPE_TYPES = [
  'rectangle',
  'diamond',
  'ellipse',
  'line',
  'arrow',
  'draw',
  'highlight',
  'text',
  'note',
  'image',
  'frame',
] as const satisfies readonly ShapeType[]

/** Order in which shapes are drawn, lowest first: by key, then by id; shapes without a valid key on top. */
export function compareShapes(a: Pick<Shape, 'id' | 'order'>, b: Pick<Shape, 'id' | 'order'>): number {
  if (a.order !== b.order) {
    if (a.order === undefined) return 1
    if (b.order === undefined) return -1
    return a.order < b.order ? -1 : 1
  }
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}
