import { beforeEach, describe, expect, it } from 'vitest'
import { BoardDesk, boardHub, type BoardHub } from '../../../../lib/boardDesk'
import { editLabel, moveShapes, setProps } from '../../../../../src/shared/board/ops'

let hub: BoardHub
let anna: BoardDesk
let ben: BoardDesk

/** Everything reaches everybody. */
const meet = (): void => {
  for (let round = 0; round < 3; round++) for (const desk of [anna, ben]) desk.page.sync()
}

const move = (desk: BoardDesk, dx: number, dy: number): void =>
  desk.doc.edit(moveShapes(desk.doc.board, ['a'], dx, dy))

beforeEach(() => {
  hub = boardHub()
  anna = new BoardDesk(hub, 'anna', false)
  ben = new BoardDesk(hub, 'ben', false)
  anna.put({ id: 'a', type: 'rectangle', x: 0, y: 0, width: 100, height: 60 })
  meet()
})

describe('a drag that is called off', () => {
  it('X13: leaves the step before it alone, also where others have written over all of the drag', () => {
    anna.doc.edit(setProps(anna.doc.board, ['a'], { stroke: 'red' }))
    anna.doc.begin()
    move(anna, 7, 0)
    meet()
    move(ben, 0, 5)
    meet()
    anna.doc.cancel()
    expect(anna.shape('a')).toMatchObject({ x: 7, y: 5, stroke: 'red' })
    anna.doc.undo()
    expect(anna.shape('a')).toMatchObject({ x: 7, y: 5, stroke: 'ink' })
  })

  it('X13: takes back what is left of it, and cannot be done again', () => {
    anna.doc.begin()
    move(anna, 7, 0)
    anna.doc.edit(setProps(anna.doc.board, ['a'], { stroke: 'red' }))
    meet()
    ben.doc.edit(setProps(ben.doc.board, ['a'], { stroke: 'blue' }))
    meet()
    anna.doc.cancel()
    expect(anna.shape('a')).toMatchObject({ x: 0, y: 0, stroke: 'blue' })
    expect(anna.doc.canRedo.value).toBe(false)
    expect(anna.doc.redo()).toEqual([])
    expect(anna.shape('a')).toMatchObject({ x: 0, y: 0, stroke: 'blue' })
    meet()
    expect(ben.shape('a')).toEqual(anna.shape('a'))
  })

  it('X13: takes nothing back where nothing was done in it', () => {
    move(anna, 7, 0)
    anna.doc.begin()
    anna.doc.cancel()
    anna.doc.cancel()
    expect(anna.shape('a')).toMatchObject({ x: 7 })
    anna.doc.undo()
    expect(anna.shape('a')).toMatchObject({ x: 0 })
  })
})

describe('undo at a board', () => {
  it('X12: takes back one step that can be seen, and passes over those of which nothing is left', () => {
    move(anna, 1, 0)
    anna.doc.edit(setProps(anna.doc.board, ['a'], { stroke: 'red' }))
    move(anna, 2, 0)
    meet()
    move(ben, 10, 10)
    meet()
    // Of both moves nothing is left: the colour goes, and then there is only the making of the shape.
    anna.doc.undo()
    expect(anna.shape('a')).toMatchObject({ x: 13, y: 10, stroke: 'ink' })
    expect(anna.doc.canUndo.value).toBe(true)
    anna.doc.undo()
    expect(anna.shape('a')).toBeUndefined()
    expect(anna.doc.canUndo.value).toBe(false)
  })

  it('X12: does nothing where nothing is left of any step', () => {
    move(ben, 4, 0)
    expect(ben.doc.canUndo.value).toBe(true)
    meet()
    move(anna, 1, 1)
    meet()
    expect(ben.doc.undo()).toEqual([])
    expect(ben.doc.canUndo.value).toBe(false)
    expect(ben.shape('a')).toMatchObject({ x: 5, y: 1 })
  })

  it('X12: a drag that ended where it began is passed over', () => {
    move(anna, 5, 0)
    anna.doc.begin()
    move(anna, 1, 1)
    move(anna, -1, -1)
    anna.doc.end()
    anna.doc.undo()
    expect(anna.shape('a')).toMatchObject({ x: 0, y: 0 })
  })

  it('X13: letters after a step that others wrote over do not join the step before', () => {
    const type = (label: string): void => anna.doc.edit(editLabel('a', [label]), 'label a')
    type('one')
    move(anna, 5, 0)
    meet()
    move(ben, 0, 5)
    meet()
    type('two')
    anna.doc.undo()
    expect(anna.shape('a')).toMatchObject({ label: 'one' })
  })
})
