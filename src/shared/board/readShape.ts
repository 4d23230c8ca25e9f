/** Reads shapes from records. Nothing a record can hold makes this fail: what is not valid is clamped or left out. */
import {
  isName,
  isOrderKey,
  pointsOf,
  propOf,
  textOf,
  type Json,
  type JsonArray,
  type JsonObject,
  type RecordValue,
} from '../ot/records'
import { ARROW_LABEL_WIDTH, heightForLabel, labelWidth } from './labels'
import {
  clamp,
  DEFAULT_GAP,
  MAX_COORDINATE,
  MAX_GAP,
  MAX_GROUP_DEPTH,
  MAX_SCALE,
  MAX_SIZE,
  MIN_SIZE,
} from './limits'
import { isColour, isFill, type Fill } from './palette'
import { boundsOfPoints, strokePoints, validLine } from './points'
import {
  SHAPE_TYPES,
  STROKE_STRIDE,
  type Binding,
  type Box,
  type Labelled,
  type Shape,
  type ShapeCommon,
  type ShapeType,
} from './shape'
import {
  ALIGNS,
  ARROWHEADS,
  DASHES,
  DEFAULT_FONT,
  DEFAULT_FONT_SIZE,
  DEFAULT_NOTE_FILL,
  DEFAULT_STYLE,
  FILL_STYLES,
  FONTS,
  LINE_HEIGHT,
  MAX_FONT_SIZE,
  MAX_STROKE_WIDTH,
  MIN_FONT_SIZE,
  MIN_STROKE_WIDTH,
  VERTICAL_ALIGNS,
  type Align,
  type TextStyle,
  type VerticalAlign,
} from './style'
import { estimateLayout, type SetText, type TextLayout } from './textLayout'

/**
 * The shape a record is, deleted or not; undefined for a record that is none. `setText` breaks labels into lines and
 * says how much room they need: give one with the widths of the screen (`createTextSetter`).
 */
export function readShape(
  id: string,
  record: RecordValue,
  setText: SetText = estimateLayout,
): Shape | undefined {
  const type = SHAPE_TYPES.find((known) => known === record.kind)
  return type === undefined ? undefined : new ShapeReader(id, record, setText).read(type)
}

const TWO_PI = 2 * Math.PI
const NO_IDS: readonly string[] = []

class ShapeReader {
  constructor(
    private readonly id: string,
    private readonly record: RecordValue,
    private readonly setText: SetText,
  ) {}

  read(type: ShapeType): Shape | undefined {
    switch (type) {
      case 'rectangle':
      case 'diamond':
      case 'ellipse':
        return Object.assign(this.grown(type), { type, round: this.flag('round') })
      case 'note':
        return Object.assign(this.grown(type), { type })
      case 'text':
        return this.text()
      case 'line': {
        const points = this.linePoints()
        if (points === undefined) return undefined
        const common = this.common(this.pointsBox(points, 2, 1, 1), 0)
        return { ...common, type, points, curved: this.flag('curved'), closed: this.flag('closed') }
      }
      case 'arrow':
        return this.arrow()
      case 'draw':
      case 'highlight':
        return this.stroke(type)
      case 'image': {
        const asset = this.prop('asset')
        return {
          ...this.common(this.storedBox(), this.angle()),
          type,
          assetId: typeof asset === 'string' && isName(asset) ? asset : undefined,
          flipX: this.flag('flipX'),
          flipY: this.flag('flipY'),
          label: textOf(this.record, 'label'),
        }
      }
      case 'frame':
        return { ...this.common(this.storedBox(), 0), type, label: textOf(this.record, 'label') }
    }
  }

  private text(): Shape {
    const wraps = this.flag('wraps')
    const style = this.textStyle('left', 'top')
    const stored = this.storedBox()
    const layout = this.layout(style, wraps ? Math.max(stored.width, style.fontSize) : undefined)
    const box = {
      x: stored.x,
      y: stored.y,
      width: clamp(wraps ? stored.width : layout.width, style.fontSize / 2, MAX_SIZE),
      height: layout.lines.length * style.fontSize * LINE_HEIGHT,
    }
    return { ...this.common(box, this.angle()), ...this.labelled(style, layout), type: 'text', wraps }
  }

  private arrow(): Shape | undefined {
    const points = this.linePoints()
    if (points === undefined) return undefined
    const style = this.textStyle('center', 'middle')
    return {
      ...this.common(this.pointsBox(points, 2, 1, 1), 0),
      ...this.labelled(style, this.layout(style, ARROW_LABEL_WIDTH)),
      type: 'arrow',
      points,
      curved: this.flag('curved'),
      startHead: this.oneOf('startHead', ARROWHEADS, 'none'),
      endHead: this.oneOf('endHead', ARROWHEADS, 'arrow'),
      start: readBinding(this.prop('start')),
      end: readBinding(this.prop('end')),
    }
  }

  private stroke(type: 'draw' | 'highlight'): Shape | undefined {
    const points = strokePoints(pointsOf(this.record, 'path'))
    if (points.length === 0) return undefined
    const scaleX = this.scale('scaleX')
    const scaleY = this.scale('scaleY')
    return {
      ...this.common(this.pointsBox(points, STROKE_STRIDE, scaleX, scaleY), this.angle()),
      type,
      points,
      scaleX,
      scaleY,
      hasPressure: this.flag('hasPressure'),
    }
  }

  private common(box: Box, angle: number, fill: Fill = DEFAULT_STYLE.fill): ShapeCommon {
    const stroke = this.prop('stroke')
    const filled = this.prop('fill')
    const order = this.prop('order')
    const frame = this.prop('frame')
    return {
      id: this.id,
      x: this.coordinate('x'),
      y: this.coordinate('y'),
      box,
      angle,
      order: isOrderKey(order) ? order : undefined,
      stroke: isColour(stroke) ? stroke : DEFAULT_STYLE.stroke,
      fill: isFill(filled) ? filled : fill,
      fillStyle: this.oneOf('fillStyle', FILL_STYLES, DEFAULT_STYLE.fillStyle),
      strokeWidth: this.number('strokeWidth', DEFAULT_STYLE.strokeWidth, MIN_STROKE_WIDTH, MAX_STROKE_WIDTH),
      dash: this.oneOf('dash', DASHES, DEFAULT_STYLE.dash),
      opacity: this.number('opacity', DEFAULT_STYLE.opacity, 0, 1),
      locked: this.flag('locked'),
      groups: readGroups(this.prop('groups')),
      frameId: typeof frame === 'string' && isName(frame) && this.record.kind !== 'frame' ? frame : undefined,
      deleted: this.record.deleted ?? false,
    }
  }

  /** A closed shape with its label, as high as the label needs. */
  private grown(type: 'rectangle' | 'diamond' | 'ellipse' | 'note'): ShapeCommon & Labelled {
    const stored = this.storedBox()
    const style = this.textStyle('center', 'middle')
    const layout = this.layout(style, labelWidth(type, stored.width, style.fontSize))
    const needed = heightForLabel(type, layout.lines.length, style.fontSize)
    const isHighEnough = needed <= stored.height || textOf(this.record, 'label') === ''
    const box = isHighEnough ? stored : { ...stored, height: Math.min(needed, MAX_SIZE) }
    const fill = type === 'note' ? DEFAULT_NOTE_FILL : DEFAULT_STYLE.fill
    // Not a spread: a board is read before anything of it is seen, and copies of copies cost a third of that.
    return Object.assign(this.common(box, this.angle(), fill), this.labelled(style, layout))
  }

  private labelled(style: TextStyle, layout: TextLayout): Labelled {
    return { ...style, label: textOf(this.record, 'label'), lines: layout.lines, textWidth: layout.width }
  }

  private layout({ font, fontSize }: TextStyle, maxWidth: number | undefined): TextLayout {
    return this.setText(textOf(this.record, 'label'), font, fontSize, maxWidth)
  }

  private textStyle(align: Align, verticalAlign: VerticalAlign): TextStyle {
    return {
      font: this.oneOf('font', FONTS, DEFAULT_FONT),
      fontSize: this.number('fontSize', DEFAULT_FONT_SIZE, MIN_FONT_SIZE, MAX_FONT_SIZE),
      align: this.oneOf('align', ALIGNS, align),
      verticalAlign: this.oneOf('verticalAlign', VERTICAL_ALIGNS, verticalAlign),
    }
  }

  private storedBox(): Box {
    return {
      x: this.coordinate('x'),
      y: this.coordinate('y'),
      width: this.number('width', MIN_SIZE, MIN_SIZE, MAX_SIZE),
      height: this.number('height', MIN_SIZE, MIN_SIZE, MAX_SIZE),
    }
  }

  /** The box of points that lie `stride` numbers apart. */
  private pointsBox(points: readonly number[], stride: 2 | 3, scaleX: number, scaleY: number): Box {
    const { minX, minY, maxX, maxY } = boundsOfPoints(points, stride)
    return {
      x: this.coordinate('x') + Math.min(minX * scaleX, maxX * scaleX),
      y: this.coordinate('y') + Math.min(minY * scaleY, maxY * scaleY),
      width: (maxX - minX) * Math.abs(scaleX),
      height: (maxY - minY) * Math.abs(scaleY),
    }
  }

  private linePoints(): readonly number[] | undefined {
    const points = this.prop('points')
    return Array.isArray(points) ? validLine(points as JsonArray) : undefined
  }

  private prop(key: string): Json {
    return propOf(this.record, key)
  }

  private flag(key: string): boolean {
    return this.prop(key) === true
  }

  private number(key: string, missing: number, low: number, high: number): number {
    const value = this.prop(key)
    return typeof value === 'number' ? clamp(value, low, high) : missing
  }

  private coordinate(key: 'x' | 'y'): number {
    return this.number(key, 0, -MAX_COORDINATE, MAX_COORDINATE)
  }

  private angle(): number {
    const angle = this.number('angle', 0, -Number.MAX_VALUE, Number.MAX_VALUE) % TWO_PI
    return angle < 0 ? angle + TWO_PI : angle
  }

  /** A factor other than 0. */
  private scale(key: 'scaleX' | 'scaleY'): number {
    const value = this.number(key, 1, -MAX_SCALE, MAX_SCALE)
    return Math.abs(value) < 1 / MAX_SCALE ? 1 / MAX_SCALE : value
  }

  private oneOf<T extends string>(key: string, allowed: readonly T[], missing: T): T {
    const value = this.prop(key)
    return allowed.find((each) => each === value) ?? missing
  }
}

/** Ids of groups, each once. */
function readGroups(value: Json): readonly string[] {
  if (!Array.isArray(value)) return NO_IDS
  const ids = (value as JsonArray).filter((id): id is string => typeof id === 'string' && isName(id))
  return ids.length === 0 ? NO_IDS : [...new Set(ids)].slice(0, MAX_GROUP_DEPTH)
}

function readBinding(value: Json): Binding | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const { shape, x, y, gap, exact } = value as JsonObject
  if (typeof shape !== 'string' || !isName(shape)) return undefined
  const fraction = (each: Json | undefined): number => (typeof each === 'number' ? clamp(each, 0, 1) : 0.5)
  return {
    shapeId: shape,
    anchor: { x: fraction(x), y: fraction(y) },
    gap: typeof gap === 'number' ? clamp(gap, 0, MAX_GAP) : DEFAULT_GAP,
    exact: exact === true,
  }
}
