import { orderBetween, own, recordsType, type Json, type RecordsOp, type RecordValue } from '../../ot/records'
import type { BoardReader } from '../boardReader'
import { MAX_LABEL_LENGTH } from '../limits'
import { strokeNumber } from '../points'
import { STROKE_STRIDE, type ShapeType } from '../shape'
import { DEFAULT_FONT, DEFAULT_FONT_SIZE, DEFAULT_NOTE_FILL, DEFAULT_STYLE } from '../style'
import { stored, storedProps, type NewShape } from './props'

/** Makes shapes, the first lowest, above everything that is there. */
export function createShapes(board: BoardReader, shapes: readonly NewShape[]): RecordsOp {
  const items = board.ordered.map(({ id, order }) => ({ id, key: order }))
  const { keys, rekeyed } = orderBetween(items, items.length, shapes.length)
  const op: Record<string, unknown> = {}
  for (const { id, key } of rekeyed) op[id] = { set: { order: key } }
  shapes.forEach((shape, i) => {
    op[shape.id] = { put: shapeRecord({ ...shape, order: keys[i] as string }) }
  })
  return recordsType.parseOp(op)
}

export function createShape(board: BoardReader, shape: NewShape): RecordsOp {
  return createShapes(board, [shape])
}

/** The record of a shape. What a record without the property is read as is left out. */
export function shapeRecord(shape: NewShape): RecordValue {
  const { id: _id, type, label = '', path = [], ...props } = shape
  const table = Object.entries(storedProps(props)).filter(
    ([key, value]) => value !== null && value !== usual(type, key),
  )
  return {
    kind: type,
    ...(path.length === 0 ? {} : { points: { path: storedPath(path) } }),
    props: Object.fromEntries(table),
    ...(label === '' ? {} : { texts: { label: cutLabel(label) } }),
  }
}

/** A stroke's numbers as they are stored; pressure to the hundredth too. */
export function storedPath(path: readonly number[]): number[] {
  const whole = path.length - (path.length % STROKE_STRIDE)
  return path.slice(0, whole).map((number, i) => stored(strokeNumber(number, i)))
}

/** A label that may be stored: its line ends `\n`, its characters whole, not too long. */
export function cutLabel(text: string): string {
  const clean = text.replace(/\r\n?/g, '\n').replace(/\p{Surrogate}/gu, '\uFFFD')
  if (clean.length <= MAX_LABEL_LENGTH) return clean
  return clean.slice(0, MAX_LABEL_LENGTH).replace(/[\uD800-\uDBFF]$/, '')
}

/** What the reader takes properties for that are not there, for all types and for some. */
const USUAL = {
  ...DEFAULT_STYLE,
  angle: 0,
  scaleX: 1,
  scaleY: 1,
  font: DEFAULT_FONT,
  fontSize: DEFAULT_FONT_SIZE,
  align: 'center',
  verticalAlign: 'middle',
  startHead: 'none',
  endHead: 'arrow',
}
const USUAL_NOTE = { ...USUAL, fill: DEFAULT_NOTE_FILL }
const USUAL_TEXT = { ...USUAL, align: 'left', verticalAlign: 'top' }

function usual(type: ShapeType, key: string): Json | undefined {
  return own<Json>(type === 'note' ? USUAL_NOTE : type === 'text' ? USUAL_TEXT : USUAL, key)
}
