import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Board } from '../../../../src/shared/board/board'
import {
  boundsOf,
  boxAround,
  boxHolds,
  centreOf,
  crossing,
  flattenCurve,
  fractionsAt,
  grow,
  hitsShape,
  isInside,
  liesInBox,
  outlineOf,
  paintBounds,
  pointAt,
  pointsOfLine,
  rotatePoint,
  touchesBox,
} from '../../../../src/shared/board/geometry'
import { bindEnd, bindingAt, moveShapes, rotateShapes } from '../../../../src/shared/board/ops'
import type { Point } from '../../../../src/shared/board/shape'
import { ShapeIndex } from '../../../../src/shared/board/shapeIndex'
import { recordsType } from '../../../../src/shared/ot/records'
import { actionArbitrary, opOf } from './actions'
import { Authority, Person } from './people'
import { after, arrow, boardOf, rectangle, shapeOf, stroke } from './shapes'

const coordinate = fc.integer({ min: -500, max: 500 })
const point = fc.record({ x: coordinate, y: coordinate })
const box = fc.record({
  x: coordinate,
  y: coordinate,
  width: fc.nat({ max: 300 }),
  height: fc.nat({ max: 300 }),
})

describe('geometry', () => {
  it('turning a point back brings it back', () => {
    fc.assert(
      fc.property(point, point, fc.double({ min: -7, max: 7, noNaN: true }), (at, centre, angle) => {
        const back = rotatePoint(rotatePoint(at, angle, centre), -angle, centre)
        expect(back.x).toBeCloseTo(at.x, 6)
        expect(back.y).toBeCloseTo(at.y, 6)
      }),
    )
    expect(rotatePoint({ x: 1, y: 0 }, Math.PI / 2, { x: 0, y: 0 }).y).toBeCloseTo(1)
  })

  it('fractions of a turned box and points of it are each other’s inverse', () => {
    fc.assert(
      fc.property(
        box,
        fc.double({ min: 0, max: 6, noNaN: true }),
        fc.nat({ max: 10 }),
        (each, angle, tenths) => {
          fc.pre(each.width > 0 && each.height > 0)
          const at = { x: tenths / 10, y: 1 - tenths / 10 }
          const found = fractionsAt(each, angle, pointAt(each, angle, at))
          expect(found.x).toBeCloseTo(at.x, 6)
          expect(found.y).toBeCloseTo(at.y, 6)
        },
      ),
    )
  })

  it('segments cross where they meet, and not beside', () => {
    const [a, b] = [
      { x: 0, y: 0 },
      { x: 10, y: 0 },
    ]
    expect(crossing(a, b, { x: 5, y: -5 }, { x: 5, y: 5 })).toBe(0.5)
    expect(crossing(a, b, { x: 11, y: -5 }, { x: 11, y: 5 })).toBeUndefined()
    expect(crossing(a, b, { x: 0, y: 1 }, { x: 10, y: 1 })).toBeUndefined()
  })

  it('a curve goes through its points', () => {
    const points = [
      { x: 0, y: 0 },
      { x: 50, y: 80 },
      { x: 100, y: 0 },
      { x: 150, y: 40 },
    ]
    const flat = flattenCurve(points)
    for (const each of points) expect(flat).toContainEqual(each)
    expect(flattenCurve(points, true).at(-1)).toEqual(points[0])
  })

  it('bounds hold the outline, and what is painted holds the bounds', () => {
    fc.assert(
      fc.property(fc.array(actionArbitrary, { minLength: 5, maxLength: 30 }), (actions) => {
        const person = new Person('anna', new Authority())
        for (const action of actions) person.edit(opOf(person, action))
        for (const shape of person.board.ordered) {
          const bounds = grow(boundsOf(shape), 0.001)
          expect(boxHolds(bounds, boxAround(outlineOf(shape)))).toBe(true)
          expect(boxHolds(grow(paintBounds(shape), 0.002), bounds)).toBe(true)
          expect(liesInBox(shape, bounds)).toBe(true)
          expect(touchesBox(shape, bounds)).toBe(true)
          for (const at of outlineOf(shape))
            if (shape.type !== 'draw' && shape.type !== 'highlight')
              expect(hitsShape(shape, at, 0.01)).toBe(true)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('a click meets a filled shape anywhere and an empty one at its line', () => {
    const board = boardOf(
      rectangle('empty'),
      rectangle('full', 300, 0, { fill: 'red' }),
      { id: 'round', type: 'ellipse', x: 600, y: 0, width: 100, height: 60, fill: 'blue' },
      stroke('ink', [0, 0, 0.5, 100, 0, 0.5]),
    )
    const hits = (x: number, y: number, tolerance = 2): string[] =>
      board.hits({ x, y }, tolerance).map((shape) => shape.id)
    expect(hits(50, 40)).toEqual([])
    expect(hits(0, 30)).toEqual(['empty'])
    expect(hits(350, 30)).toEqual(['full'])
    expect(hits(650, 30)).toEqual(['round'])
    expect(hits(602, 2)).toEqual([])
    expect(hits(60, 22)).toEqual(['ink'])
    expect(hits(60, 40, 20)).toContain('ink')
  })

  it('a turned shape is met where it is seen', () => {
    const start = boardOf(rectangle('bar', 0, 0, { width: 200, height: 20, fill: 'red' }))
    const board = after(start, rotateShapes(start, ['bar'], Math.PI / 2, { x: 100, y: 10 }))
    expect(board.hits({ x: 100, y: 100 }, 1)).toHaveLength(1)
    expect(board.hits({ x: 190, y: 10 }, 1)).toHaveLength(0)
    expect(boundsOf(shapeOf(board, 'bar', 'rectangle')).height).toBeCloseTo(200)
    expect(touchesBox(shapeOf(board, 'bar', 'rectangle'), { x: 150, y: 0, width: 20, height: 20 })).toBe(
      false,
    )
  })

  it('a marquee in a frame means what the frame holds', () => {
    const board = boardOf(
      { id: 'frame', type: 'frame', x: 0, y: 0, width: 500, height: 500 },
      rectangle('in', 50, 50),
    )
    const marquee = { x: 40, y: 40, width: 200, height: 200 }
    expect(
      board
        .search(marquee)
        .filter((shape) => touchesBox(shape, marquee))
        .map((shape) => shape.id),
    ).toEqual(['in'])
  })

  it('X7: an arrow ends at the outline of what holds it, the gap before it', () => {
    for (const type of ['rectangle', 'diamond', 'ellipse', 'note', 'text', 'image', 'frame'] as const) {
      const start = boardOf(
        { id: 'target', type, x: 200, y: 0, width: 100, height: 60, label: 'Target' },
        arrow('way', undefined, 'target'),
      )
      const board = after(
        start,
        rotateShapes(
          start,
          ['target'],
          type === 'frame' ? 0 : 0.4,
          centreOf({ x: 200, y: 0, width: 100, height: 60 }),
        ),
      )
      const shape = shapeOf(board, 'way', 'arrow')
      const end = pointsOfLine(shape).at(-1) as Point
      const outline = outlineOf(shapeOf(board, 'target', type))
      expect(isInside(end, outline)).toBe(false)
      const beyond = {
        x: end.x + 8 * Math.cos(angleOf(shape.box)),
        y: end.y + 8 * Math.sin(angleOf(shape.box)),
      }
      expect(isInside(beyond, outline)).toBe(true)
    }
  })

  it('X7: an end that comes from inside of the shape, or is held exactly, goes to the point it is held at', () => {
    const board = boardOf(
      rectangle('big', -500, -500, { width: 1000, height: 1000 }),
      rectangle('target', 200, 0),
      { ...arrow('inside', undefined, 'big') },
      {
        ...arrow('exact', undefined, 'target'),
        end: { shapeId: 'target', anchor: { x: 1, y: 0.5 }, gap: 9, exact: true },
      },
    )
    expect(pointsOfLine(shapeOf(board, 'inside', 'arrow')).at(-1)).toEqual({ x: 0, y: 0 })
    expect(pointsOfLine(shapeOf(board, 'exact', 'arrow')).at(-1)).toEqual({ x: 300, y: 30 })
  })

  it('an arrow let go near a shape is held by it where it was let go, or at its middle', () => {
    const start = boardOf(rectangle('target', 200, 0), arrow('way', undefined, undefined))
    const shapes = [shapeOf(start, 'target', 'rectangle')]
    expect(bindingAt(shapes, { x: 252, y: 28 }, 5)?.anchor).toEqual({ x: 0.5, y: 0.5 })
    expect(bindingAt(shapes, { x: 203, y: 6 }, 5)?.anchor).toEqual({ x: 0.03, y: 0.1 })
    expect(bindingAt(shapes, { x: 197, y: 30 }, 5)?.shapeId).toBe('target')
    expect(bindingAt(shapes, { x: 190, y: 30 }, 5)).toBeUndefined()
    const bound = after(start, bindEnd(start, 'way', 'end', bindingAt(shapes, { x: 250, y: 30 }, 5)))
    expect(shapeOf(bound, 'way', 'arrow').end?.shapeId).toBe('target')
    const moved = after(bound, moveShapes(bound, ['target'], 0, 100))
    const where = moved.get('way')?.box
    const loose = after(moved, bindEnd(moved, 'way', 'end', undefined))
    expect(shapeOf(loose, 'way', 'arrow').end).toBeUndefined()
    expect(loose.get('way')?.box.height).toBeCloseTo(where?.height ?? 0, 1)
  })
})

function angleOf({ width, height }: { readonly width: number; readonly height: number }): number {
  return Math.atan2(height, width)
}

describe('the index of shapes', () => {
  it('finds what looking at every box finds, however many change at once', () => {
    const change = fc.tuple(fc.nat({ max: 20 }), fc.option(box, { nil: undefined }))
    fc.assert(
      fc.property(
        fc.array(box, { maxLength: 30 }),
        fc.array(fc.uniqueArray(change, { maxLength: 12, selector: ([i]) => i }), { maxLength: 8 }),
        box,
        (boxes, batches, area) => {
          const index = new ShapeIndex()
          const all = new Map(boxes.map((each, i) => [`s${i}`, each]))
          index.change([...all])
          for (const batch of batches) {
            index.change(batch.map(([i, each]) => [`s${i}`, each]))
            for (const [i, each] of batch) {
              if (each === undefined) all.delete(`s${i}`)
              else all.set(`s${i}`, each)
            }
          }
          const expected = [...all].filter(
            ([, { x, y, width, height }]) =>
              x <= area.x + area.width &&
              area.x <= x + width &&
              y <= area.y + area.height &&
              area.y <= y + height,
          )
          expect(index.search(area).sort()).toEqual(expected.map(([id]) => id).sort())
          expect(index.bounds === undefined).toBe(all.size === 0)
        },
      ),
    )
  })

  it('an empty board has no bounds and nothing in it', () => {
    const board = new Board(recordsType.create())
    expect(board.bounds).toBeUndefined()
    expect(board.search({ x: -1e6, y: -1e6, width: 2e6, height: 2e6 })).toEqual([])
  })
})
