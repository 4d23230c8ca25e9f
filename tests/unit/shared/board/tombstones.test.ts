import { describe, expect, it } from 'vitest'
import { Tombstones } from '../../../../src/shared/board/tombstones'
import { recordsType } from '../../../../src/shared/ot/records'

const boardOf = (...deleted: string[]) =>
  recordsType.parseSnapshot(
    JSON.stringify(Object.fromEntries(deleted.map((id) => [id, { deleted: true, kind: 'note' }]))),
  )
const op = (value: unknown) => recordsType.parseOp(value)

describe('tombstones', () => {
  it('X16: an update with an old time, handed back late, does not make what was deleted since older', () => {
    const tombstones = new Tombstones()
    tombstones.note(op({ a: { deleted: true } }), boardOf('a'), 500)
    tombstones.note(op({ a: { set: { x: 1 } } }), boardOf('a'), 100)
    expect(tombstones.times).toEqual({ a: 500 })
  })

  it('X16: are counted from what was noted before, or from the updates since, whichever is later', () => {
    const tombstones = new Tombstones()
    const board = boardOf('changed', 'new', 'old', 'unknown')
    tombstones.note(op({ changed: { set: { x: 1 } }, new: { deleted: true } }), board, 300)
    expect(tombstones.noteAll(board, 900, { changed: 100, old: 200 })).toBe(true)
    expect(tombstones.times).toEqual({ changed: 300, new: 300, old: 200, unknown: 900 })
    expect(tombstones.noteAll(board, 1_000)).toBe(false)
    expect(tombstones.times['unknown']).toBe(900)
  })

  it('X16: of a time to come, noted before the clock was set back, count from now', () => {
    const tombstones = new Tombstones()
    tombstones.noteAll(boardOf('a'), 900, { a: 5_000 })
    expect(tombstones.times).toEqual({ a: 900 })
  })
})
