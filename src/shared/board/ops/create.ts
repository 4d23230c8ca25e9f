import { orderBetween, own, recordsType, type Json, type RecordsOp, type RecordValue } from '../../ot/records'
import type { BoardReader } from '../boardReader'
import { boundsOf } from '../geometry/bounds'
import { centreOf, unionOf } from '../geometry/box'
import { MAX_LABEL_LENGTH } from '../limits'
import { strokeNumber } from '../points'
import { readShape } from '../readShape'
import { STROKE_STRIDE, type Box, type Point, type ShapeType } from '../shape'
import type { Steps } from '../steps'
import { DEFAULT_FONT, DEFAULT_FONT_SIZE, DEFAULT_NOTE_FILL, DEFAULT_STYLE } from '../style'
import { stored, storedProps, type NewShape } from './props'

/** Makes shapes, the first lowest, above everything that is there. */
export function createShapes(board: BoardReader, shapes: readonly NewShape[]): RecordsOp {
  return putOnTop(
    board,
    shapes.map((shape) => [shape.id, shapeRecord(shape)] as const),
  )
}

/** Puts records of shapes, with their ids, above everything that is there, the first lowest. */
export function putOnTop(
  board: BoardReader,
  records: readonly (readonly [id: string, record: RecordValue])[],
): RecordsOp {
  const items = board.ordered.map(({ id, order }) => ({ id, key: order }))
  const { keys, rekeyed } = orderBetween(items, items.length, records.length)
  const op: Record<string, unknown> = {}
  for (const { id, key } of rekeyed) op[id] = { set: { order: key } }
  records.forEach(([id, record], i) => {
    op[id] = { put: { ...record, props: { ...record.props, order: keys[i] as string } } }
  })
  return recordsType.parseOp(op)
}

/**
 * {@link createShapes} for many shapes, one each step: around `middle`, not where they say they are. The op is made by
 * the last step, for the board as it is then.
 */
export function* createAroundSteps(
  board: BoardReader,
  shapes: readonly NewShape[],
  middle: Point,
): Steps<RecordsOp> {
  let around: Box | undefined
  for (const [i, shape] of shapes.entries()) {
    yield i / shapes.length / 2
    const read = readShape(shape.id, shapeRecord(shape))
    if (read !== undefined)
      around = unionOf(around === undefined ? [boundsOf(read)] : [around, boundsOf(read)])
  }
  const from = centreOf(around ?? { ...middle, width: 0, height: 0 })
  const [dx, dy] = [Math.round(middle.x - from.x), Math.round(middle.y - from.y)]
  const records: (readonly [string, RecordValue])[] = []
  for (const [i, shape] of shapes.entries()) {
    yield 0.5 + i / shapes.length / 2
    records.push([shape.id, shapeRecord({ ...shape, x: (shape.x ?? 0) + dx, y: (shape.y ?? 0) + dy })])
  }
  return putOnTop(board, records)
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
