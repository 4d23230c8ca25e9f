import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Board } from '../../../../src/shared/board/board'
import {
  boundsOf,
  centreOf,
  distanceToPath,
  outlineOf,
  pointsOfLine,
} from '../../../../src/shared/board/geometry'
import { MAX_GROUP_DEPTH, MAX_STROKE_POINTS } from '../../../../src/shared/board/limits'
import {
  alignShapes,
  asNew,
  continueStroke,
  copyShapes,
  createShape,
  cutLabel,
  deleteShapes,
  distributeShapes,
  duplicateShapes,
  extendStroke,
  flipShapes,
  fromClipboard,
  groupShapes,
  pasteShapes,
  reorderShapes,
  resizeShapes,
  restoreShapes,
  rotateShapes,
  selectedBy,
  setLabel,
  setLocked,
  setProps,
  settleInFrames,
  strokeRoom,
  toClipboard,
  toPlainText,
  ungroupShapes,
} from '../../../../src/shared/board/ops'
import type { Point } from '../../../../src/shared/board/shape'
import type { RecordsOp } from '../../../../src/shared/ot/records'
import { after, arrow, boardOf, rectangle, shapeOf, stroke } from './shapes'

const idsOf = (board: Board): string[] => board.ordered.map((shape) => shape.id)

function counter(): () => string {
  let count = 0
  return () => `new-${++count}`
}

describe('making ops on a board', () => {
  it('a shape is made above all others and read as it was given', () => {
    const start = boardOf(rectangle('a'), rectangle('b'))
    const board = after(
      start,
      createShape(start, rectangle('c', 1.005, 2, { stroke: 'teal', dash: 'dashed', label: 'one\r\ntwo' })),
    )
    expect(idsOf(board)).toEqual(['a', 'b', 'c'])
    expect(board.get('c')).toMatchObject({ x: 1, y: 2, stroke: 'teal', dash: 'dashed', label: 'one\ntwo' })
    expect(Object.keys(board.record('a')?.props ?? {})).toEqual(['height', 'order', 'width', 'x', 'y'])
  })

  it('properties are written where a shape has them, with one op for many shapes', () => {
    const start = boardOf(rectangle('a'), stroke('ink'), arrow('way', undefined, undefined))
    const op = setProps(start, ['a', 'ink', 'way', 'unknown'], {
      stroke: 'pink',
      fontSize: 33,
      startHead: 'dot',
    })
    const board = after(start, op)
    expect(board.get('a')).toMatchObject({ stroke: 'pink', fontSize: 33 })
    expect(op['ink']).toEqual({ set: { stroke: 'pink' } })
    expect(board.get('way')).toMatchObject({ startHead: 'dot' })
    expect(after(board, setLocked(board, ['a'], true)).get('a')?.locked).toBe(true)
  })

  it('resizing a shape keeps the opposite corner, also of a turned one', () => {
    const start = boardOf(rectangle('a', 0, 0, { angle: 0.7 }))
    const shape = shapeOf(start, 'a', 'rectangle')
    const target = { ...shape.box, width: 180, height: 90 }
    const board = after(start, resizeShapes(start, ['a'], { box: shape.box, angle: shape.angle }, target))
    const [before, now] = [
      outlineOf(shape)[0] as Point,
      outlineOf(shapeOf(board, 'a', 'rectangle'))[0] as Point,
    ]
    expect(board.get('a')?.box).toMatchObject({ width: 180, height: 90 })
    expect(now.x).toBeCloseTo(before.x, 1)
    expect(now.y).toBeCloseTo(before.y, 1)
  })

  it('resizing many scales their places, lines by their points, strokes by their scale', () => {
    const start = boardOf(
      rectangle('a'),
      { id: 'line', type: 'line', x: 200, y: 0, points: [0, 0, 100, 60] },
      stroke('ink', [0, 0, 0.5, 100, 40, 0.5]),
    )
    const frame = { box: { x: 0, y: 0, width: 300, height: 60 }, angle: 0 }
    const board = after(
      start,
      resizeShapes(start, idsOf(start), frame, { x: 0, y: 0, width: 600, height: 120 }),
    )
    expect(board.get('a')?.box).toEqual({ x: 0, y: 0, width: 200, height: 120 })
    expect(board.get('line')?.box).toEqual({ x: 400, y: 0, width: 200, height: 120 })
    expect(board.get('ink')).toMatchObject({ scaleX: 2, scaleY: 2, x: 20, y: 40 })
    expect(board.record('ink')?.points).toEqual(start.record('ink')?.points)
  })

  it('a side handle breaks text anew, a corner makes its letters larger', () => {
    const start = boardOf({ id: 'text', type: 'text', x: 0, y: 0, label: 'some words in a row' })
    const { box } = shapeOf(start, 'text', 'text')
    const pulled = (width: number, height: number): Board =>
      after(start, resizeShapes(start, ['text'], { box, angle: 0 }, { ...box, width, height }))
    expect(pulled(box.width / 2, box.height).get('text')).toMatchObject({ wraps: true, fontSize: 20 })
    expect(pulled(box.width / 2, box.height).get('text')?.box.height).toBe(3 * box.height)
    expect(pulled(box.width * 2, box.height * 2).get('text')).toMatchObject({ wraps: false, fontSize: 40 })
  })

  it('mirroring twice, and turning there and back, leaves a shape as it was', () => {
    const shapes = [
      rectangle('a', 10, 20, { angle: 0.5 }),
      stroke('ink', [0, 0, 0.5, 60, 10, 0.5]),
      { id: 'line', type: 'line', x: 5, y: 6, points: [0, 0, 50, 70, 90, -10] } as const,
      { id: 'picture', type: 'image', x: 0, y: 0, width: 40, height: 30, angle: 1 } as const,
    ]
    fc.assert(
      fc.property(
        fc.constantFrom('horizontal', 'vertical'),
        fc.integer({ min: -300, max: 300 }),
        (axis, turn) => {
          const start = boardOf(...shapes)
          const bounds = { x: -20, y: -30, width: 200, height: 150 }
          const flipped = after(start, flipShapes(start, idsOf(start), bounds, axis))
          const back = after(flipped, flipShapes(flipped, idsOf(start), bounds, axis))
          const turned = after(back, rotateShapes(back, idsOf(start), turn / 100, { x: turn, y: 7 }))
          const final = after(turned, rotateShapes(turned, idsOf(start), -turn / 100, { x: turn, y: 7 }))
          for (const { id } of shapes) {
            const [was, is] = [start.get(id), final.get(id)]
            expect(Math.abs((is?.box.x ?? NaN) - (was?.box.x ?? NaN))).toBeLessThan(0.1)
            expect(Math.abs((is?.box.y ?? NaN) - (was?.box.y ?? NaN))).toBeLessThan(0.1)
            expect(Math.cos((is?.angle ?? NaN) - (was?.angle ?? NaN))).toBeCloseTo(1, 6)
          }
          expect(shapeOf(flipped, 'picture', 'image')[axis === 'horizontal' ? 'flipX' : 'flipY']).toBe(true)
          expect(shapeOf(final, 'picture', 'image')).toMatchObject({ flipX: false, flipY: false })
          expect(shapeOf(final, 'ink', 'draw')).toMatchObject({ scaleX: 1, scaleY: 1 })
        },
      ),
      { numRuns: 50 },
    )
  })

  it('what is mirrored is drawn mirrored, however it was turned', () => {
    const start = boardOf(
      rectangle('a', 10, 20, { angle: 0.5 }),
      { ...stroke('ink', [0, 0, 0.5, 60, 10, 0.5, 20, 30, 0.5]), angle: 2 },
      { id: 'line', type: 'line', x: 5, y: 6, points: [0, 0, 50, 70, 90, -10] },
    )
    const bounds = { x: 0, y: 0, width: 200, height: 100 }
    const board = after(start, flipShapes(start, idsOf(start), bounds, 'horizontal'))
    for (const { id } of start.ordered) {
      const [was, is] = [start.get(id), board.get(id)]
      if (was === undefined || is === undefined) throw new Error('the shapes are there')
      for (const { x, y } of outlineOf(was))
        expect(distanceToPath({ x: 200 - x, y }, [...outlineOf(is), outlineOf(is)[0] as Point])).toBeLessThan(
          0.05,
        )
    }
  })

  it('a label is changed by the smallest text op, and cut where it is too long', () => {
    const start = boardOf(rectangle('a', 0, 0, { label: 'hello world' }))
    expect(setLabel(start, 'a', 'hello new world')).toEqual({ a: { texts: { label: [6, 'new '] } } })
    expect(setLabel(start, 'a', 'hello world')).toEqual({})
    expect(setLabel(start, 'unknown', 'x')).toEqual({})
    const long = cutLabel(`${'x'.repeat(19_999)}🙂`)
    expect(long).toHaveLength(19_999)
  })

  it('a stroke takes points until it is full, and goes on in a second one that belongs to it', () => {
    const path = Array.from({ length: (MAX_STROKE_POINTS - 1) * 3 }, (_, i) => (i % 3 === 2 ? 0.5 : i))
    const start = boardOf(stroke('ink', path))
    expect(strokeRoom(start, 'ink')).toBe(1)
    const full = after(start, extendStroke(start, 'ink', [1, 2, 0.5, 3, 4, 0.5]))
    expect(strokeRoom(full, 'ink')).toBe(0)
    expect(extendStroke(full, 'ink', [5, 6, 0.5])).toEqual({})
    const board = after(full, continueStroke(full, 'ink', stroke('more', [1, 2, 0.5]), 'both'))
    expect(selectedBy(board, 'ink')).toEqual(['ink', 'more'])
    const longer = after(board, continueStroke(board, 'more', stroke('most', [1, 2, 0.5]), 'other'))
    expect(selectedBy(longer, 'most')).toEqual(['ink', 'more', 'most'])
  })

  it('groups lie in groups: a click takes the outermost, then the one inside', () => {
    let board = boardOf(rectangle('a'), rectangle('b'), rectangle('c'), rectangle('d'))
    board = after(board, groupShapes(board, ['a', 'b'], 'inner'))
    board = after(board, groupShapes(board, ['a', 'b', 'c'], 'outer'))
    expect(selectedBy(board, 'a')).toEqual(['a', 'b', 'c'])
    expect(selectedBy(board, 'a', 'outer')).toEqual(['a', 'b'])
    expect(selectedBy(board, 'a', 'inner')).toEqual(['a'])
    board = after(board, groupShapes(board, ['a', 'c'], 'between', 'outer'))
    expect(board.get('a')?.groups).toEqual(['inner', 'between', 'outer'])
    const open = after(board, ungroupShapes(board, ['b']))
    expect(open.get('a')?.groups).toEqual(['inner', 'between'])
    expect(selectedBy(open, 'c')).toEqual(['a', 'c'])
    for (let depth = 0; depth < 2 * MAX_GROUP_DEPTH; depth++)
      board = after(board, groupShapes(board, ['a', 'd'], `deep-${depth}`))
    expect(board.get('a')?.groups).toHaveLength(MAX_GROUP_DEPTH)
  })

  it('order changes as asked, and forward goes past the next that overlaps', () => {
    const start = boardOf(rectangle('a'), rectangle('far', 900, 900), rectangle('b'), rectangle('c'))
    const ordered = (ids: string[], how: 'front' | 'back' | 'forward' | 'backward'): string[] =>
      idsOf(after(start, reorderShapes(start, ids, how)))
    expect(ordered(['a'], 'front')).toEqual(['far', 'b', 'c', 'a'])
    expect(ordered(['c', 'b'], 'back')).toEqual(['b', 'c', 'a', 'far'])
    expect(ordered(['a'], 'forward')).toEqual(['far', 'b', 'a', 'c'])
    expect(ordered(['b'], 'backward')).toEqual(['b', 'a', 'far', 'c'])
    expect(reorderShapes(start, ['far'], 'forward')).toEqual({})
    expect(reorderShapes(start, ['c'], 'forward')).toEqual({})
  })

  it('aligning and distributing move groups as one', () => {
    let board = boardOf(
      rectangle('a'),
      rectangle('b', 250, 40),
      rectangle('c', 400, 300),
      rectangle('d', 700, 9),
    )
    board = after(board, groupShapes(board, ['b', 'c'], 'pair'))
    const aligned = after(board, alignShapes(board, ['a', 'b', 'c', 'd'], 'top'))
    expect(idsOf(aligned).map((id) => aligned.get(id)?.y)).toEqual([0, 0, 260, 0])
    const right = after(board, alignShapes(board, ['a', 'd'], 'right'))
    expect(right.get('a')?.x).toBe(700)
    const even = after(board, distributeShapes(board, ['a', 'b', 'c', 'd'], 'horizontal'))
    expect(idsOf(even).map((id) => even.get(id)?.x)).toEqual([0, 275, 425, 700])
    expect(distributeShapes(board, ['a', 'd'], 'horizontal')).toEqual({})
  })

  it('aligning and distributing a chart with its arrows does what it does without them', () => {
    const board = boardOf(
      rectangle('a'),
      rectangle('b', 150, 80),
      rectangle('c', 600, 10),
      arrow('ab', 'a', 'b'),
      arrow('bc', 'b', 'c'),
    )
    const places = (op: RecordsOp): unknown => {
      const moved = after(board, op)
      return ['a', 'b', 'c'].map((id) => [moved.get(id)?.x, moved.get(id)?.y])
    }
    const all = ['a', 'b', 'c', 'ab', 'bc']
    expect(places(distributeShapes(board, all, 'horizontal'))).toEqual([
      [0, 0],
      [300, 80],
      [600, 10],
    ])
    for (const how of ['left', 'center', 'bottom'] as const)
      expect(alignShapes(board, all, how)).toEqual(alignShapes(board, ['a', 'b', 'c'], how))
    // One that is held at one end only has a place of its own.
    const loose = boardOf(rectangle('a', 50, 0), rectangle('far', 900, 0), arrow('way', undefined, 'far'))
    expect(alignShapes(loose, ['a', 'way'], 'left')).toHaveProperty('a')
  })

  it('an arrow that is mirrored with the shapes that hold it is held at the other side of them', () => {
    const held = (id: string, x: number, y: number) =>
      ({ shapeId: id, anchor: { x, y }, gap: 0, exact: true }) as const
    const start = boardOf(rectangle('a'), rectangle('b', 300, 100, { angle: 0.4 }), {
      ...arrow('way', undefined, undefined),
      start: held('a', 0.2, 0.9),
      end: held('b', 0.7, 0.1),
    })
    const bounds = { x: 0, y: 0, width: 400, height: 200 }
    for (const axis of ['horizontal', 'vertical'] as const) {
      const board = after(start, flipShapes(start, idsOf(start), bounds, axis))
      const mirror = ({ x, y }: Point): Point =>
        axis === 'horizontal' ? { x: 400 - x, y } : { x, y: 200 - y }
      const [was, is] = [start, board].map((each) => pointsOfLine(shapeOf(each, 'way', 'arrow')))
      was?.map(mirror).forEach((point, at) => {
        expect(is?.[at]?.x).toBeCloseTo(point.x, 1)
        expect(is?.[at]?.y).toBeCloseTo(point.y, 1)
      })
      // Mirrored without them, it stays where it is held.
      const alone = after(start, flipShapes(start, ['way'], bounds, axis))
      expect(shapeOf(alone, 'way', 'arrow').start).toEqual(shapeOf(start, 'way', 'arrow').start)
    }
  })

  it('what is dropped into a frame belongs to it, and leaves it when it is dragged out', () => {
    const start = boardOf(
      { id: 'frame', type: 'frame', x: 0, y: 0, width: 200, height: 200 },
      rectangle('in', 50, 50),
      rectangle('out', 500, 0, { frameId: 'frame' }),
    )
    const board = after(start, settleInFrames(start, ['in', 'out', 'frame']))
    expect(board.inFrame('frame').map((shape) => shape.id)).toEqual(['in'])
    expect(settleInFrames(board, ['in', 'out', 'frame'])).toEqual({})
  })

  it('X21: a copy keeps its groups, frames and arrows among the copies, and lets go of the rest', () => {
    let board = boardOf(
      { id: 'frame', type: 'frame', x: 0, y: 0, width: 500, height: 500 },
      rectangle('a', 10, 10, { frameId: 'frame' }),
      rectangle('b', 300, 10, { frameId: 'frame' }),
      rectangle('far', 900, 10),
      arrow('way', 'a', 'b'),
      arrow('loose', 'a', 'far'),
    )
    board = after(board, groupShapes(board, ['a', 'b'], 'pair'))
    const before = board.get('loose')?.box
    const made = duplicateShapes(board, ['frame', 'way', 'loose'], 0, 1000, counter())
    const copied = after(board, made.op)
    const [frame, a, b, way, loose] = made.ids as [string, string, string, string, string]
    expect(copied.inFrame(frame).map((shape) => shape.id)).toEqual([a, b])
    expect(selectedBy(copied, a)).toEqual([a, b])
    expect(copied.get(a)?.groups).not.toEqual(['pair'])
    expect(shapeOf(copied, way, 'arrow')).toMatchObject({ start: { shapeId: a }, end: { shapeId: b } })
    expect(shapeOf(copied, loose, 'arrow')).toMatchObject({ start: { shapeId: a }, end: undefined })
    expect(copied.get(loose)?.box.width).toBeCloseTo(before?.width ?? 0, 0)
    expect(copied.ordered.slice(-5).map((shape) => shape.id)).toEqual(made.ids)
  })

  it('X21: what is on the clipboard is pasted as it was copied, and anything else is no shapes', () => {
    const board = boardOf(
      rectangle('a', 5, 6, { label: 'one', fill: 'sky' }),
      stroke('ink'),
      arrow('way', 'a', undefined),
    )
    const text = toClipboard(copyShapes(board, ['way', 'ink', 'a']))
    const shapes = fromClipboard(text) ?? []
    const other = boardOf()
    const { op, ids } = pasteShapes(other, shapes, 10, 0, counter())
    const pasted = after(other, op)
    expect(pasted.get(ids[0] ?? '')).toMatchObject({ x: 15, y: 6, label: 'one', fill: 'sky' })
    expect(shapeOf(pasted, ids[1] ?? '', 'draw').points).toEqual(shapeOf(board, 'ink', 'draw').points)
    expect(shapeOf(pasted, ids[2] ?? '', 'arrow').start?.shapeId).toBe(ids[0])
    expect(toPlainText(shapes)).toBe('one')
    for (const junk of [
      '',
      'hello',
      '{"type":"inkroom/shapes"',
      '{"type":"inkroom/shapes","records":7}',
      '[1]',
    ])
      expect(fromClipboard(junk)).toBeUndefined()
    const odd =
      '{"type":"inkroom/shapes","records":{"__proto__":{"kind":"note"},"a":{"kind":"note","props":{"x":1e999}},"b":7,"c":{"kind":"note"}}}'
    expect(fromClipboard(odd)?.map((shape) => shape.id)).toEqual(['c'])
  })

  it('shapes survive being made anew from what was read', () => {
    const board = boardOf(
      rectangle('a', 1, 2, { angle: 1, round: true, label: 'x', groups: ['g'], frameId: 'f', locked: true }),
      arrow('way', 'a', undefined),
      stroke('ink'),
    )
    const again = boardOf(...board.ordered.map(asNew))
    expect(again.ordered).toEqual(board.ordered)
  })

  it('deleting and restoring pass over what is not there', () => {
    const board = boardOf(rectangle('a'))
    expect(deleteShapes(board, ['unknown'])).toEqual({})
    expect(restoreShapes(board.snapshot, ['a', 'unknown'])).toEqual({})
    const gone = after(board, deleteShapes(board, ['a', 'a']))
    expect(after(gone, restoreShapes(gone.snapshot, ['a'])).get('a')).toEqual(board.get('a'))
  })

  it('a line keeps its points when it is moved and bent', () => {
    const start = boardOf({ id: 'line', type: 'line', x: 10, y: 10, points: [0, 0, 30, 40] })
    const turned = after(
      start,
      rotateShapes(start, ['line'], Math.PI, centreOf(boundsOf(shapeOf(start, 'line', 'line')))),
    )
    expect(pointsOfLine(shapeOf(turned, 'line', 'line'))).toEqual([
      { x: 40, y: 50 },
      { x: 10, y: 10 },
    ])
  })
})
