import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Board, readShape, type Shape } from '../../../../src/shared/board'
import {
  boundsOf,
  hitsShape,
  outlineOf,
  paintBounds,
  penOutline,
  touchesBox,
} from '../../../../src/shared/board/geometry'
import { asNew, shapeRecord } from '../../../../src/shared/board/ops'
import { SHAPE_TYPES } from '../../../../src/shared/board/shape'
import { shapesToSvg } from '../../../../src/shared/board/svg'
import { recordsType, type RecordValue } from '../../../../src/shared/ot/records'
import { plainLook } from './look'

const KEYS = [
  'x',
  'y',
  'width',
  'height',
  'angle',
  'stroke',
  'fill',
  'fillStyle',
  'strokeWidth',
  'dash',
  'opacity',
  'locked',
  'order',
  'groups',
  'frame',
  'round',
  'curved',
  'closed',
  'wraps',
  'font',
  'fontSize',
  'align',
  'verticalAlign',
  'startHead',
  'endHead',
  'start',
  'end',
  'points',
  'scaleX',
  'scaleY',
  'hasPressure',
  'asset',
  'flipX',
  'flipY',
]

const number = fc.oneof(
  fc.constantFrom(0, -1, 1e-300, 1e308, -1e308, 2 ** 53, 0.1, 1e7 + 1),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
)
const hostile = fc.oneof(
  number,
  fc.constantFrom(
    null,
    true,
    false,
    '',
    'ink',
    '#12345g',
    'none',
    'a0',
    'zzzz',
    'other',
    'shape-1',
    'toString',
  ),
  fc.array(number, { maxLength: 8 }),
  fc.array(fc.constantFrom('g', 'h', 'a b', '__proto__'), { maxLength: 4 }),
  fc.record({
    shape: fc.constantFrom('shape-0', 'shape-1', 'shape-2', 7),
    x: number,
    y: number,
    gap: number,
  }),
)

const hostileRecord = fc.record({
  kind: fc.constantFrom(...SHAPE_TYPES, 'unknown', 'constructor'),
  props: fc.dictionary(fc.constantFrom(...KEYS), hostile, { maxKeys: 14 }),
  points: fc.record({ path: fc.array(number, { maxLength: 10 }) }),
  texts: fc.record({ label: fc.string({ maxLength: 30 }) }),
})

function parsed(record: unknown): RecordValue {
  const put = recordsType.parseOp({ id: { put: JSON.parse(JSON.stringify(record)) as unknown } })['id']?.put
  if (put === undefined) throw new Error('a put has a record')
  return put
}

/** All numbers in a shape. */
function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : []
}

describe('reading shapes', () => {
  it('X1: what a record holds that no shape may have is clamped or left out', () => {
    fc.assert(
      fc.property(fc.array(hostileRecord, { minLength: 1, maxLength: 4 }), (records) => {
        const op = recordsType.parseOp(
          Object.fromEntries(records.map((record, i) => [`shape-${i}`, { put: parsed(record) }])),
        )
        const board = new Board(recordsType.apply(recordsType.create(), op))
        for (const shape of board.ordered) {
          expect(numbersIn(shape).every(Number.isFinite)).toBe(true)
          expect(shape.box.width).toBeGreaterThanOrEqual(0)
          expect(shape.box.height).toBeGreaterThanOrEqual(0)
          expect(shape.opacity).toBeGreaterThanOrEqual(0)
          expect(shape.opacity).toBeLessThanOrEqual(1)
          useShape(shape)
        }
        for (const shape of shapesToSvg(board.ordered, { look: plainLook }).text.match(/NaN|Infinity/g) ?? [])
          expect.fail(`the drawing has ${shape}`)
      }),
      { numRuns: 500 },
    )
  })

  it('X1: a shape that is written as it was read is read as the same', () => {
    fc.assert(
      fc.property(hostileRecord, (record) => {
        const shape = readShape('shape', parsed(record))
        if (shape === undefined) return
        const again = readShape('shape', parsed(shapeRecord({ ...asNew(shape), order: shape.order ?? null })))
        expectNear(again, shape)
      }),
      { numRuns: 300 },
    )
  })

  it('X1: a record of an unknown kind, a line of one point and a stroke of none are no shapes', () => {
    for (const record of [
      { kind: 'hologram', props: { x: 1 } },
      { kind: 'line', props: { points: [1, 2] } },
      { kind: 'arrow', props: { points: [1, 2, 3, 'four'] } },
      { kind: 'draw', points: { path: [1, 2] } },
    ])
      expect(readShape('shape', parsed(record))).toBeUndefined()
  })

  it('X1: a note or a box grows with its label, and text is as wide as its lines', () => {
    const label = 'a long label that takes many lines in such a narrow box '.repeat(5)
    for (const kind of ['note', 'rectangle', 'ellipse', 'diamond']) {
      const shape = readShape('shape', parsed({ kind, props: { width: 120, height: 40 }, texts: { label } }))
      expect(shape?.box.height).toBeGreaterThan(300)
      expect(shape?.box.width).toBe(120)
    }
    const text = readShape('shape', parsed({ kind: 'text', texts: { label: 'one\ntwo words' } }))
    expect(text?.box.width).toBeCloseTo(99)
    expect(text?.box.height).toBe(50)
  })
})

/** Whatever is done with a shape works. */
function useShape(shape: Shape): void {
  expect(numbersIn([boundsOf(shape), paintBounds(shape), outlineOf(shape)]).every(Number.isFinite)).toBe(true)
  hitsShape(shape, { x: 3, y: 4 }, 5)
  touchesBox(shape, { x: -10, y: -10, width: 100, height: 100 })
  if (shape.type === 'draw') penOutline(shape)
}

/** Equal but for rounding. */
function expectNear(actual: unknown, expected: unknown): void {
  if (typeof expected === 'number') {
    expect(Math.abs((actual as number) - expected)).toBeLessThanOrEqual(
      Math.max(0.011, Math.abs(expected) * 0.01),
    )
  } else if (typeof expected === 'object' && expected !== null) {
    expect(Object.keys(actual as object)).toEqual(Object.keys(expected))
    for (const [key, value] of Object.entries(expected))
      expectNear((actual as Readonly<Record<string, unknown>>)[key], value)
  } else expect(actual).toEqual(expected)
}
