import { describe, expect, it } from 'vitest'
import { pointsOfLine } from '../../../../src/shared/board/geometry'
import {
  clippingFrame,
  createShape,
  createShapes,
  deleteShapes,
  extendStroke,
  groupShapes,
  moveShapes,
  reorderShapes,
  resizeShapes,
  restoreShapes,
  selectedBy,
  setLabel,
  setProps,
  settleInFrames,
  ungroupShapes,
} from '../../../../src/shared/board/ops'
import type { Board } from '../../../../src/shared/board'
import { readBoard } from '../../../../src/shared/board/readBoard'
import type { Point } from '../../../../src/shared/board/shape'
import { settle, twoAt } from './people'
import { arrow, rectangle, shapeOf, stroke } from './shapes'

const both = (board: Board): ReturnType<typeof createShapes> =>
  createShapes(board, [rectangle('left'), rectangle('right', 300, 0)])
const linked = (board: Board): ReturnType<typeof createShapes> =>
  createShapes(board, [rectangle('left'), rectangle('right', 300, 0), arrow('way', 'left', 'right')])

const endOf = (board: Board, id: string): Point => pointsOfLine(shapeOf(board, id, 'arrow')).at(-1) as Point

describe('two people at one board', () => {
  it('X2: of two who move one shape, the later place counts, both coordinates of it', () => {
    const { anna, ben, meet } = twoAt(both)
    anna.edit(moveShapes(anna.board, ['left'], 0, 500))
    ben.edit(moveShapes(ben.board, ['left'], 70, 0))
    meet()
    expect(anna.board.get('left')).toMatchObject({ x: 70, y: 0 })
  })

  it('X2: of a move and a resize at the same time, the later place counts and the size stays', () => {
    const { anna, ben, meet } = twoAt(both)
    const frame = { box: { x: 0, y: 0, width: 100, height: 60 }, angle: 0 }
    anna.edit(resizeShapes(anna.board, ['left'], frame, { x: -50, y: 0, width: 150, height: 60 }))
    ben.edit(moveShapes(ben.board, ['left'], 0, 40))
    meet()
    expect(ben.board.get('left')?.box).toEqual({ x: 0, y: 40, width: 150, height: 60 })
  })

  it('X3: two who change different properties of one shape both see theirs', () => {
    const { anna, ben, meet } = twoAt(both)
    anna.edit(setProps(anna.board, ['left', 'right'], { stroke: 'red' }))
    ben.edit(setProps(ben.board, ['left'], { opacity: 0.5, dash: 'dotted' }))
    meet()
    expect(anna.board.get('left')).toMatchObject({ stroke: 'red', opacity: 0.5, dash: 'dotted' })
    expect(anna.board.get('right')).toMatchObject({ stroke: 'red', opacity: 1 })
  })

  it('X4: what one deletes while another changes it is deleted, and comes back with the change', () => {
    for (const deletesFirst of [true, false]) {
      const { anna, ben, authority, meet } = twoAt(both)
      const [deleter, editor] = deletesFirst ? [anna, ben] : [ben, anna]
      deleter.edit(deleteShapes(deleter.board, ['left']))
      editor.edit(moveShapes(editor.board, ['left'], 11, 0))
      editor.edit(setLabel(editor.board, 'left', 'while you were away'))
      meet()
      expect(readBoard(authority.content).map((shape) => shape.id)).toEqual(['right'])
      ben.edit(restoreShapes(ben.content, ['left', 'right', 'unknown']))
      meet()
      expect(anna.board.get('left')).toMatchObject({ x: 11, label: 'while you were away' })
    }
  })

  it('X5: two who type in one label keep every character', () => {
    const { anna, ben, meet } = twoAt(both, (board) => setLabel(board, 'left', 'plan'))
    anna.edit(setLabel(anna.board, 'left', 'the plan'))
    ben.edit(setLabel(ben.board, 'left', 'plan B 🙂'))
    meet()
    expect(shapeOf(anna.board, 'left', 'rectangle').label).toBe('the plan B 🙂')
  })

  it('X6: a stroke goes on growing while others move, colour and delete it', () => {
    const { anna, ben, authority, meet } = twoAt((board) => createShape(board, stroke('line')))
    anna.edit(extendStroke(anna.board, 'line', [20, 6, 0.5]))
    ben.edit(moveShapes(ben.board, ['line'], 100, 0))
    anna.edit(extendStroke(anna.board, 'line', [30, 7, 0.5]))
    ben.edit(setProps(ben.board, ['line'], { stroke: 'blue' }))
    meet()
    expect(shapeOf(ben.board, 'line', 'draw')).toMatchObject({
      x: 110,
      stroke: 'blue',
      points: [0, 0, 0.5, 10, 5, 0.7, 20, 6, 0.5, 30, 7, 0.5],
    })
    anna.edit(extendStroke(anna.board, 'line', [40, 8, 0.5]))
    ben.edit(deleteShapes(ben.board, ['line']))
    meet()
    expect(readBoard(authority.content)).toEqual([])
    ben.edit(restoreShapes(ben.content, ['line']))
    meet()
    expect(shapeOf(anna.board, 'line', 'draw').points).toHaveLength(15)
  })

  it('X7: an arrow follows the shapes that hold it, whoever moves them', () => {
    const { anna, ben, meet } = twoAt(linked)
    expect(endOf(anna.board, 'way')).toEqual({ x: 296, y: 30 })
    anna.edit(moveShapes(anna.board, ['left'], 0, 200))
    ben.edit(moveShapes(ben.board, ['right'], 0, 200))
    meet()
    expect(anna.board.get('way')?.box).toEqual({ x: 104, y: 230, width: 192, height: 0 })
  })

  it('X7: an arrow at a shape that is deleted stays where it is drawn, and follows it again once it is back', () => {
    const { anna, ben, meet } = twoAt(linked, (board) => moveShapes(board, ['right'], 0, 200))
    const before = anna.board.get('way')?.box
    anna.edit(deleteShapes(anna.board, ['right']))
    ben.edit(moveShapes(ben.board, ['right'], 0, 300))
    meet()
    expect(ben.board.get('way')?.box.y).toBeCloseTo(before?.y ?? 0, 1)
    expect(ben.board.get('way')?.box.height).toBeCloseTo(before?.height ?? 0, 1)
    expect(anna.undo()).toBeDefined()
    meet()
    expect(endOf(ben.board, 'way').y).toBeGreaterThan(300)
  })

  it('X7: an arrow that is moved without the shape that holds it lets go of that shape', () => {
    const { anna, ben, meet } = twoAt(linked)
    anna.edit(moveShapes(anna.board, ['way'], 0, 50))
    ben.edit(moveShapes(ben.board, ['right'], 0, 500))
    meet()
    expect(shapeOf(ben.board, 'way', 'arrow')).toMatchObject({ start: undefined, end: undefined })
    expect(ben.board.get('way')?.box).toEqual({ x: 104, y: 80, width: 192, height: 0 })
    anna.edit(moveShapes(anna.board, ['left', 'right', 'way'], 10, 0))
    expect(anna.board.get('way')?.box.x).toBe(114)
  })

  it('X8: of two groupings at the same time, the later counts for a shape in both', () => {
    const { anna, ben, meet } = twoAt((board) =>
      createShapes(board, [rectangle('a'), rectangle('b'), rectangle('c'), rectangle('d')]),
    )
    anna.edit(groupShapes(anna.board, ['a', 'b', 'c'], 'anna-group'))
    ben.edit(groupShapes(ben.board, ['c', 'd'], 'ben-group'))
    meet()
    expect(selectedBy(anna.board, 'a')).toEqual(['a', 'b'])
    expect(selectedBy(anna.board, 'd')).toEqual(['c', 'd'])
  })

  it('X8: groups put into each other at the same time make no circle', () => {
    const { anna, ben, meet } = twoAt(
      (board) => createShapes(board, [rectangle('a'), rectangle('b'), rectangle('c'), rectangle('d')]),
      (board) => groupShapes(board, ['a', 'b'], 'one'),
      (board) => groupShapes(board, ['c', 'd'], 'two'),
    )
    anna.edit(groupShapes(anna.board, ['a', 'b', 'c', 'd'], 'anna-all'))
    ben.edit(setProps(ben.board, ['a', 'b'], { groups: ['two', 'one'] }))
    ben.edit(setProps(ben.board, ['c', 'd'], { groups: ['one', 'two'] }))
    meet()
    for (const id of ['a', 'b', 'c', 'd']) {
      expect(selectedBy(anna.board, id)).toEqual(['a', 'b', 'c', 'd'])
      expect(selectedBy(anna.board, id)).toEqual(selectedBy(ben.board, id))
    }
  })

  it('X8: grouping a group while another dissolves it leaves every shape, and a group of one is none', () => {
    const { anna, ben, meet } = twoAt(
      (board) => createShapes(board, [rectangle('a'), rectangle('b'), rectangle('c')]),
      (board) => groupShapes(board, ['a', 'b'], 'pair'),
    )
    anna.edit(groupShapes(anna.board, ['a', 'b', 'c'], 'all'))
    ben.edit(ungroupShapes(ben.board, ['a']))
    meet()
    expect(['a', 'b', 'c'].map((id) => selectedBy(anna.board, id))).toEqual([['a'], ['b'], ['c']])
  })

  it('X9: a shape that is deleted while it is grouped is not in the group, and is once it is back', () => {
    const { anna, ben, meet } = twoAt((board) =>
      createShapes(board, [rectangle('a'), rectangle('b'), rectangle('c')]),
    )
    anna.edit(deleteShapes(anna.board, ['c']))
    ben.edit(groupShapes(ben.board, ['a', 'b', 'c'], 'all'))
    meet()
    expect(selectedBy(anna.board, 'a')).toEqual(['a', 'b'])
    anna.undo()
    meet()
    expect(selectedBy(ben.board, 'a')).toEqual(['a', 'b', 'c'])
    expect(ben.board.inGroup('all')).toHaveLength(3)
  })

  it('X10: a frame takes what it holds along; what another put in meanwhile stays and can be seen', () => {
    const frame = { id: 'frame', type: 'frame', x: 0, y: 0, width: 400, height: 300, label: 'Ideas' } as const
    const { anna, ben, meet } = twoAt((board) =>
      createShapes(board, [frame, rectangle('in', 20, 20, { frameId: 'frame' }), rectangle('out', 900, 0)]),
    )
    anna.edit(moveShapes(anna.board, ['frame'], 2000, 0))
    ben.edit(createShape(ben.board, rectangle('new', 50, 50, { frameId: 'frame' })))
    meet()
    expect(ben.board.get('in')?.x).toBe(2020)
    const added = shapeOf(anna.board, 'new', 'rectangle')
    expect(added).toMatchObject({ x: 50, frameId: 'frame' })
    expect(clippingFrame(anna.board, added)).toBeUndefined()
    expect(clippingFrame(anna.board, shapeOf(anna.board, 'in', 'rectangle'))?.id).toBe('frame')

    anna.edit(deleteShapes(anna.board, ['frame']))
    ben.edit(setProps(ben.board, ['out'], { frameId: 'frame' }))
    meet()
    expect(anna.board.ordered.map((shape) => shape.id)).toEqual(['out'])
    anna.undo()
    meet()
    expect(ben.board.inFrame('frame').map((shape) => shape.id)).toEqual(['in', 'out', 'new'])
  })

  it('X10: a frame lies in no frame, whatever its record says', () => {
    const { anna } = twoAt((board) =>
      createShapes(board, [
        { id: 'a', type: 'frame', width: 10, height: 10, frameId: 'b' },
        { id: 'b', type: 'frame', width: 10, height: 10, frameId: 'a' },
      ]),
    )
    expect(anna.board.ordered.map((shape) => shape.frameId)).toEqual([undefined, undefined])
    expect(settleInFrames(anna.board, ['a'])).toEqual({})
  })

  it('X11: two who bring different shapes to the front see the same order, both above the rest', () => {
    const { anna, ben, meet } = twoAt((board) =>
      createShapes(board, [rectangle('a'), rectangle('b'), rectangle('c')]),
    )
    anna.edit(reorderShapes(anna.board, ['b'], 'front'))
    ben.edit(reorderShapes(ben.board, ['a'], 'front'))
    ben.edit(createShape(ben.board, rectangle('d')))
    meet()
    const order = anna.board.ordered.map((shape) => shape.id)
    expect(order).toEqual(['c', 'a', 'b', 'd'])
    expect(ben.board.ordered.map((shape) => shape.id)).toEqual(order)
    // Equal keys, which both made, do not keep anything from going between.
    ben.edit(reorderShapes(ben.board, ['c'], 'forward'))
    settle(ben.authority, [anna, ben])
    expect(anna.board.ordered.map((shape) => shape.id)).toEqual(['a', 'c', 'b', 'd'])
  })
})
