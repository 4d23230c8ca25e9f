import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  createShape,
  createShapes,
  deleteShapes,
  extendStroke,
  moveShapes,
  setLabel,
  setProps,
} from '../../../../src/shared/board/ops'
import { UndoStack } from '../../../../src/shared/board/undoStack'
import { isEdit, recordsType, type RecordsOp } from '../../../../src/shared/ot/records'
import { textType } from '../../../../src/shared/ot/text'
import { actionArbitrary, opOf } from './actions'
import { Authority, Person, settle, twoAt } from './people'
import { rectangle, shapeOf, stroke } from './shapes'
import { purgeShapes } from '../../../lib/board/purgeShapes'

describe('undo', () => {
  it('X12: takes back what one did and leaves what others did', () => {
    const { anna, ben, meet } = twoAt((board) => createShapes(board, [rectangle('a'), rectangle('b')]))
    anna.edit(moveShapes(anna.board, ['a'], 50, 0))
    ben.edit(moveShapes(ben.board, ['b'], 0, 70))
    ben.edit(setProps(ben.board, ['a'], { stroke: 'green' }))
    meet()
    anna.undo()
    meet()
    expect(ben.board.get('a')).toMatchObject({ x: 0, y: 0, stroke: 'green' })
    expect(ben.board.get('b')).toMatchObject({ x: 0, y: 70 })
    expect(anna.undo()).toBeUndefined()
    expect(anna.undoStack.canUndo).toBe(false)
    anna.redo()
    meet()
    expect(ben.board.get('a')).toMatchObject({ x: 50, stroke: 'green' })
  })

  it('X12: of what somebody else has written over since, nothing is taken back', () => {
    const { anna, ben, meet } = twoAt((board) => createShape(board, rectangle('a')))
    anna.edit(setProps(anna.board, ['a'], { stroke: 'red', opacity: 0.5 }))
    anna.edit(moveShapes(anna.board, ['a'], 50, 0))
    meet()
    ben.edit(moveShapes(ben.board, ['a'], 1, 1))
    ben.edit(setProps(ben.board, ['a'], { stroke: 'blue' }))
    meet()
    // The move has been overwritten whole, so the step before is taken back, as far as it is still there.
    anna.undo()
    meet()
    expect(ben.board.get('a')).toMatchObject({ x: 51, y: 1, stroke: 'blue', opacity: 1 })
  })

  it('X13: joined steps are taken back as one, without what others did between them', () => {
    const { anna, ben, meet } = twoAt((board) => createShape(board, rectangle('a')))
    // More steps than are kept: where the mark is must not shift.
    for (let i = 1; i <= 205; i++) anna.edit(moveShapes(anna.board, ['a'], 1, 0))
    const { mark } = anna.undoStack
    anna.edit(moveShapes(anna.board, ['a'], 50, 0))
    meet()
    ben.edit(setProps(ben.board, ['a'], { stroke: 'green' }))
    meet()
    anna.edit(setProps(anna.board, ['a'], { opacity: 0.5 }))
    anna.undoStack.join(mark, anna.board.snapshot)
    anna.undo()
    meet()
    expect(ben.board.get('a')).toMatchObject({ x: 205, opacity: 1, stroke: 'green' })
    anna.undo()
    expect(anna.board.get('a')).toMatchObject({ x: 204 })
  })

  it('X12: leaves the letters that others typed into a label', () => {
    const { anna, ben, meet } = twoAt((board) => createShape(board, rectangle('a', 0, 0, { label: 'one' })))
    anna.edit(setLabel(anna.board, 'a', 'one two'), 'label a')
    anna.edit(setLabel(anna.board, 'a', 'one two three'), 'label a')
    meet()
    ben.edit(setLabel(ben.board, 'a', 'ONE two and three'))
    meet()
    anna.undo()
    meet()
    expect(shapeOf(ben.board, 'a', 'rectangle').label).toBe('ONE and')
  })

  it('X12: brings a shape back with what others did to it while it was deleted', () => {
    const { anna, ben, meet } = twoAt((board) => createShape(board, rectangle('a')))
    ben.edit(setLabel(ben.board, 'a', 'typed meanwhile'))
    anna.edit(deleteShapes(anna.board, ['a']))
    meet()
    expect(anna.board.get('a')).toBeUndefined()
    anna.undo()
    meet()
    expect(shapeOf(ben.board, 'a', 'rectangle').label).toBe('typed meanwhile')
  })

  it('X13: a drag is one step, whatever comes from others meanwhile', () => {
    const { anna, ben, meet } = twoAt((board) => createShapes(board, [rectangle('a'), rectangle('b')]))
    anna.edit(setProps(anna.board, ['a'], { stroke: 'red' }))
    const drag = anna.undoStack.begin()
    for (let i = 0; i < 30; i++) {
      anna.edit(moveShapes(anna.board, ['a'], 3, 1))
      ben.edit(moveShapes(ben.board, ['b'], 0, 2))
      anna.send()
      ben.send()
      anna.receive()
      ben.receive()
    }
    drag.end()
    drag.end()
    meet()
    expect(ben.board.get('a')).toMatchObject({ x: 90, y: 30 })
    anna.undo()
    meet()
    expect(ben.board.get('a')).toMatchObject({ x: 0, y: 0, stroke: 'red' })
    expect(ben.board.get('b')).toMatchObject({ y: 60 })
    anna.undo()
    expect(anna.board.get('a')).toMatchObject({ stroke: 'ink' })
  })

  it('X13: a stroke is one step, its points come back with it', () => {
    const { anna, ben, meet } = twoAt()
    const step = anna.undoStack.begin()
    anna.edit(createShape(anna.board, stroke('line')))
    for (let i = 0; i < 5; i++) anna.edit(extendStroke(anna.board, 'line', [i, i, 0.5]))
    step.end()
    meet()
    anna.undo()
    meet()
    expect(ben.board.ordered).toEqual([])
    anna.redo()
    meet()
    expect(shapeOf(ben.board, 'line', 'draw').points).toHaveLength(21)
  })

  it('X13: steps inside of a step are part of it, and what follows is not', () => {
    const { anna } = twoAt((board) => createShape(board, rectangle('a')))
    const outer = anna.undoStack.begin()
    const inner = anna.undoStack.begin()
    anna.edit(moveShapes(anna.board, ['a'], 1, 0))
    inner.end()
    anna.edit(moveShapes(anna.board, ['a'], 2, 0))
    outer.end()
    anna.edit(moveShapes(anna.board, ['a'], 4, 0))
    anna.undo()
    expect(anna.board.get('a')?.x).toBe(3)
    anna.undo()
    expect(anna.board.get('a')?.x).toBe(0)
  })

  it('X13: a drag that is called off takes back itself alone, whatever is left of it', () => {
    const { anna, ben, meet } = twoAt((board) => createShape(board, rectangle('a')))
    anna.edit(setProps(anna.board, ['a'], { stroke: 'red' }))
    const drag = anna.undoStack.begin()
    expect(anna.undoStack.begin().cancel()).toBeUndefined()
    anna.edit(moveShapes(anna.board, ['a'], 7, 0))
    meet()
    ben.edit(moveShapes(ben.board, ['a'], 0, 5))
    meet()
    // Ben has moved it on: nothing of the drag is left, and the step before it is not touched.
    expect(drag.cancel()).toBeUndefined()
    expect(drag.cancel()).toBeUndefined()
    const second = anna.undoStack.begin()
    anna.edit(moveShapes(anna.board, ['a'], 7, 0))
    expect(second.cancel()).toEqual({ a: { set: { x: 7, y: 5 } } })
    expect(anna.undoStack.canRedo).toBe(false)
  })

  it('X14: undoing the making of a shape removes it, and redo brings it back with what others did to it', () => {
    const { anna, ben, meet } = twoAt()
    anna.edit(createShape(anna.board, rectangle('a')))
    meet()
    ben.edit(setLabel(ben.board, 'a', 'from Ben'))
    meet()
    anna.undo()
    meet()
    expect(ben.board.get('a')).toBeUndefined()
    anna.redo()
    meet()
    expect(shapeOf(ben.board, 'a', 'rectangle').label).toBe('from Ben')
  })

  it('X12: a step on a shape that has been purged is passed over', () => {
    const { anna, ben, meet } = twoAt((board) => createShapes(board, [rectangle('a'), rectangle('b')]))
    anna.edit(setProps(anna.board, ['b'], { locked: true }))
    anna.edit(deleteShapes(anna.board, ['a']))
    meet()
    ben.edit(purgeShapes(ben.content, ['a', 'b']))
    meet()
    anna.undo()
    meet()
    expect(ben.board.get('b')?.locked).toBe(false)
    expect(ben.content.records.get('a')).toBeUndefined()
  })

  it('X12: survives a reconnect, whose content comes as one change from elsewhere', () => {
    const { anna } = twoAt((board) => createShapes(board, [rectangle('a'), rectangle('b')]))
    anna.edit(moveShapes(anna.board, ['a'], 5, 5))
    anna.edit(moveShapes(anna.board, ['b'], 9, 9))
    // A server that was restored from a backup: another content, in which `a` is somewhere else and `b` is gone.
    const restored = recordsType.apply(anna.content, {
      ...recordsType.parseOp({ a: { set: { x: 300, y: 300 } }, b: { purge: true } }),
    })
    const change = recordsType.diff(anna.content, restored)
    anna.undoStack.remote(change)
    expect(anna.undoStack.undo(restored)).toBeUndefined()
  })

  it('forgets steps to redo once something new is done, and the oldest steps at last', () => {
    const stack = new UndoStack(textType)
    let text = textType.create()
    const type = (letters: string): void => {
      const op = textType.parseOp(text.length === 0 ? [letters] : [text.length, letters])
      stack.record(op, text)
      text = textType.apply(text, op)
    }
    let told = 0
    stack.onChange(() => told++)
    for (let i = 0; i < 250; i++) type('a')
    text = textType.apply(text, stack.undo(text) ?? [])
    expect(stack.canRedo).toBe(true)
    type('b')
    expect(stack.canRedo).toBe(false)
    expect(told).toBe(252)
    for (let op = stack.undo(text); op !== undefined; op = stack.undo(text)) text = textType.apply(text, op)
    expect(textType.serialise(text)).toBe('a'.repeat(50))
    stack.clear()
    expect(stack.canRedo).toBe(false)
  })

  it(
    'X12: whatever happens, undo writes no property that somebody else wrote last',
    { timeout: 60_000 },
    () => {
      const turn = fc.tuple(fc.nat({ max: 1 }), fc.nat({ max: 9 }), actionArbitrary)
      fc.assert(
        fc.property(fc.array(turn, { minLength: 20, maxLength: 100 }), (turns) => {
          const authority = new Authority()
          const people = [new Person('anna', authority), new Person('ben', authority)] as const
          /** For each person, the properties that others wrote last. */
          const foreign = people.map(() => new Set<string>())
          for (const [who, what, action] of turns) {
            const person = people[who] as Person
            const others = foreign[who] as Set<string>
            if (what < 5) {
              const op = opOf(person, action)
              person.edit(op)
              for (const key of written(op)) others.delete(key)
            } else if (what < 7) {
              person.send()
              for (const op of person.receive(3)) for (const key of written(op)) others.add(key)
            } else {
              const op = (what === 9 ? person.redo() : person.undo()) ?? {}
              for (const key of written(op)) expect(others).not.toContain(key)
            }
          }
          settle(authority, people)
        }),
        { numRuns: Number(process.env['LAW_RUNS'] ?? 100) },
      )
    },
  )
})

/** Names of what an op writes: properties, and whether a shape is there. */
function written(op: RecordsOp): string[] {
  return Object.entries(op).flatMap(([id, change]) => {
    if (!isEdit(change)) return []
    const properties = Object.keys(change.set ?? {}).map((key) => `${id}.${key}`)
    return change.deleted === undefined ? properties : [...properties, id]
  })
}
