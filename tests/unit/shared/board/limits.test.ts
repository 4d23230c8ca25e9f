import { describe, expect, it } from 'vitest'
import { boardRule, type BoardRefusal } from '../../../../src/shared/board/boardRule'
import { MAX_LABEL_LENGTH, MAX_RECORDS, MAX_STROKE_POINTS } from '../../../../src/shared/board/limits'
import { deleteShapes } from '../../../../src/shared/board/ops'
import { deletedLength, Tombstones } from '../../../../src/shared/board/tombstones'
import { recordsType, type RecordsSnapshot } from '../../../../src/shared/ot/records'
import { twoAt } from './people'
import { boardOf, rectangle, stroke } from './shapes'

function ruleOn(before: RecordsSnapshot, value: unknown): BoardRefusal | undefined {
  const op = recordsType.parseOp(value)
  return boardRule(before, recordsType.apply(before, op), op)
}

const DAY = 24 * 3600 * 1000

describe('what the authority of a board refuses', () => {
  const { snapshot } = boardOf(rectangle('a', 0, 0, { label: 'x' }), stroke('ink'))
  const many = Array.from({ length: 3 * MAX_STROKE_POINTS }, () => 1)

  it('X15: numbers out of range, wherever they are', () => {
    for (const op of [
      { a: { set: { x: 1e8 } } },
      { a: { set: { start: { shape: 'b', x: [0, { deep: -1e300 }] } } } },
      { ink: { points: { path: [6, [1, 2, 1e9]] } } },
      { b: { put: { kind: 'note', props: { y: 1e12 } } } },
      { b: { put: { kind: 'draw', points: { path: [1, 1e10] } } } },
      { a: { purge: true, put: { kind: 'note', props: { width: 1e10 } } } },
    ])
      expect(ruleOn(snapshot, op)?.code).toBe('number-out-of-range')
    expect(ruleOn(snapshot, { a: { set: { x: -1e7, y: 0.5, odd: null } } })).toBeUndefined()
  })

  it('X15: a stroke of too many points, at once or by and by', () => {
    expect(ruleOn(snapshot, { ink: { points: { path: [6, many] } } })?.code).toBe('stroke-too-long')
    expect(ruleOn(snapshot, { b: { put: { kind: 'draw', points: { path: [...many, 1] } } } })?.code).toBe(
      'stroke-too-long',
    )
    expect(ruleOn(snapshot, { b: { put: { kind: 'draw', points: { path: many } } } })).toBeUndefined()
  })

  it('X15: a label that is too long, but one that is becomes shorter', () => {
    const long = 'x'.repeat(MAX_LABEL_LENGTH)
    expect(ruleOn(snapshot, { a: { texts: { label: [long] } } })?.code).toBe('label-too-long')
    expect(ruleOn(snapshot, { a: { texts: { other: [`${long}y`] } } })?.code).toBe('label-too-long')
    const over = recordsType.parseSnapshot(
      JSON.stringify({ a: { kind: 'note', texts: { label: `${long}yyy` } } }),
    )
    expect(ruleOn(over, { a: { texts: { label: [-1] } } })).toBeUndefined()
    expect(ruleOn(over, { a: { set: { x: 1 } } })).toBeUndefined()
  })

  it('X15: one shape too many, though not on a board that has too many already', () => {
    const crowd = Object.fromEntries(
      Array.from({ length: MAX_RECORDS }, (_, i) => [`s${i}`, { kind: 'note' }]),
    )
    const full = recordsType.parseSnapshot(JSON.stringify(crowd))
    expect(ruleOn(full, { more: { put: { kind: 'note' } } })?.code).toBe('too-many-shapes')
    expect(ruleOn(full, { s1: { set: { x: 1 } } })).toBeUndefined()
  })
})

describe('purging', () => {
  it('X16: what was deleted long enough ago is purged for everybody, what meets the purge does nothing', () => {
    const { anna, ben, authority, meet } = twoAt(() => boardOpFor(['a', 'b', 'c']))
    const tombstones = new Tombstones()
    const commitDeletion = (person: typeof anna, id: string, time: number): void => {
      person.edit(deleteShapes(person.board, [id]))
      meet()
      tombstones.note(authority.log.at(-1)?.op ?? {}, authority.content, time)
    }
    commitDeletion(anna, 'a', 1 * DAY)
    commitDeletion(ben, 'b', 5 * DAY)
    commitDeletion(anna, 'c', 2 * DAY)
    anna.undo()
    meet()
    tombstones.note(authority.log.at(-1)?.op ?? {}, authority.content, 3 * DAY)
    expect(tombstones.purgeOp(authority.content, 1 * DAY)).toBeUndefined()
    // The room purges at the moment in which Anna, who has not heard of it, takes her deletion back.
    const purge = tombstones.purgeOp(authority.content, 4 * DAY)
    expect(purge).toEqual({ a: { purge: true } })
    authority.submit('room', authority.log.length, purge ?? {})
    anna.undo()
    meet()
    expect([...anna.content.records.entries()].map(([id]) => id)).toEqual(['b', 'c'])
    expect(anna.board.ordered.map((shape) => shape.id)).toEqual(['c'])
  })

  it('X16: an emptied board of 20 MB takes less than a tenth of its length after the purge', () => {
    const records = Array.from({ length: 500 }, (_, i) => {
      const path = Array.from({ length: 3 * MAX_STROKE_POINTS }, (__, at) =>
        at % 3 === 2 ? 0.5 : at / 3 + i / 100,
      )
      return [`stroke-${i}`, { kind: 'draw', deleted: i > 4, points: { path: path.slice(0, 7000) } }] as const
    })
    const content = recordsType.parseSnapshot(JSON.stringify(Object.fromEntries(records)))
    expect(recordsType.snapshotLength(content)).toBeGreaterThan(20e6)
    expect(deletedLength(content)).toBeGreaterThan(0.98 * recordsType.snapshotLength(content))
    const tombstones = new Tombstones()
    tombstones.noteAll(content, 0)
    const purged = recordsType.apply(content, tombstones.purgeOp(content, 1) ?? {})
    expect(recordsType.snapshotLength(purged)).toBeLessThan(2e6)
    expect(deletedLength(purged)).toBe(0)
  })
})

function boardOpFor(ids: readonly string[]): ReturnType<typeof recordsType.parseOp> {
  return recordsType.parseOp(Object.fromEntries(ids.map((id) => [id, { put: { kind: 'note' } }])))
}
