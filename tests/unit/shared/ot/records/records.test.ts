import { describe, expect, it } from 'vitest'
import type { OtErrorCode } from '../../../../../src/shared/ot/otType'
import {
  appendPoints,
  editRecord,
  pointsOf,
  propOf,
  purgeRecord,
  putRecord,
  recordsType,
  removeRecord,
  restoreRecord,
  rewriteText,
  textOf,
  type RecordsOp,
  type RecordsSnapshot,
  type RecordValue,
} from '../../../../../src/shared/ot/records'

const NOTE = putRecord('n', {
  kind: 'note',
  props: { x: 1, y: 2 },
  texts: { label: 'Hello' },
  points: { path: [1, 2] },
})
const start = recordsType.apply(recordsType.create(), NOTE)

/** What both orders of delivery end in, after asserting that they end in the same. */
function merge(snapshot: RecordsSnapshot, earlier: RecordsOp, later: RecordsOp): RecordsSnapshot {
  const [earlierAfter, laterAfter] = recordsType.transformBoth(earlier, later)
  const one = recordsType.apply(recordsType.apply(snapshot, earlier), laterAfter)
  const other = recordsType.apply(recordsType.apply(snapshot, later), earlierAfter)
  expect(recordsType.serialise(one)).toBe(recordsType.serialise(other))
  return one
}

function note(snapshot: RecordsSnapshot): RecordValue {
  const record = snapshot.records.get('n')
  if (record === undefined) throw new Error('the record n is gone')
  return record
}

function expectRefused(code: OtErrorCode, action: () => unknown): void {
  expect(action).toThrow(expect.objectContaining({ name: 'OtError', code }))
}

describe('concurrent changes of one record', () => {
  const label = (text: string): RecordsOp => rewriteText('n', note(start), 'label', text)

  it('R1: one property written twice: the later counts', () => {
    const merged = merge(
      start,
      editRecord('n', { set: { x: 10, y: 20 } }),
      editRecord('n', { set: { x: 30 } }),
    )
    expect(note(merged).props).toEqual({ x: 30, y: 20 })
  })

  it('R1: a property deleted earlier and written later is there; the other way round it is not', () => {
    const deletion = editRecord('n', { set: { x: null } })
    const write = editRecord('n', { set: { x: 5 } })
    expect(propOf(note(merge(start, deletion, write)), 'x')).toBe(5)
    expect(propOf(note(merge(start, write, deletion)), 'x')).toBeNull()
  })

  it('R3: two people typing in one label keep every character', () => {
    expect(textOf(note(merge(start, label('Hello you'), label('Oh Hello'))), 'label')).toBe('Oh Hello you')
  })

  it('R3: two people appending to one list keep every number, the later ones first', () => {
    const append = (...numbers: number[]): RecordsOp => appendPoints('n', note(start), 'path', numbers)
    expect(pointsOf(note(merge(start, append(3, 4), append(5))), 'path')).toEqual([1, 2, 5, 3, 4])
  })

  it.each([
    ['remove, then edit', removeRecord('n'), label('Hello!')],
    ['edit, then remove', label('Hello!'), removeRecord('n')],
  ])('R2: %s: removed, and restoring shows the edit', (_, earlier, later) => {
    const merged = merge(start, earlier, later)
    expect(note(merged).deleted).toBe(true)
    const restored = note(recordsType.apply(merged, restoreRecord('n')))
    expect(restored.deleted).toBeUndefined()
    expect(textOf(restored, 'label')).toBe('Hello!')
  })

  it('remove against restore: the later counts', () => {
    const removed = recordsType.apply(start, removeRecord('n'))
    expect(note(merge(removed, removeRecord('n'), restoreRecord('n'))).deleted).toBeUndefined()
    expect(note(merge(removed, restoreRecord('n'), removeRecord('n'))).deleted).toBe(true)
  })

  it.each([
    ['an edit', label('Hello!')],
    ['a removal', removeRecord('n')],
    ['a restoring', restoreRecord('n')],
    ['a purge', purgeRecord('n')],
  ])('R4: purge against %s: the record is gone in both orders', (_, other) => {
    expect(merge(start, purgeRecord('n'), other).records.get('n')).toBeUndefined()
    expect(merge(start, other, purgeRecord('n')).records.get('n')).toBeUndefined()
  })

  it('put against put of one id: the later record counts, whole', () => {
    const one = putRecord('n', { kind: 'note', props: { x: 1 }, texts: { label: 'one' } })
    const other = putRecord('n', { kind: 'stroke', props: { y: 2 } })
    expect(note(merge(recordsType.create(), one, other))).toEqual({ kind: 'stroke', props: { y: 2 } })
    expect(note(merge(recordsType.create(), other, one))).toEqual({
      kind: 'note',
      props: { x: 1 },
      texts: { label: 'one' },
    })
  })

  it('put against an equal put of one id: nothing is left to do, so edits of both go on', () => {
    expect(recordsType.transformBoth(NOTE, NOTE)).toEqual([{}, {}])
  })

  it('R4: purge against a purge and put of one id: the put record is there in both orders', () => {
    const replace = recordsType.compose(purgeRecord('n'), putRecord('n', { kind: 'new' }))
    expect(note(merge(start, purgeRecord('n'), replace))).toEqual({ kind: 'new' })
    expect(note(merge(start, replace, purgeRecord('n')))).toEqual({ kind: 'new' })
    expect(note(merge(start, replace, label('Hello!')))).toEqual({ kind: 'new' })
  })
})

describe('taking back under concurrency', () => {
  /** Undo of `mine` on top of what somebody else did after it. */
  function undo(before: RecordsSnapshot, mine: RecordsOp, others: RecordsOp): RecordsSnapshot {
    const after = recordsType.apply(before, mine)
    return merge(after, others, recordsType.invert(mine, before))
  }

  it('R2: undoing a removal brings back what others did to the removed record', () => {
    const edit = editRecord('n', { set: { x: 9 }, texts: { label: [5, '!'] } })
    const record = note(undo(start, removeRecord('n'), edit))
    expect(record.deleted).toBeUndefined()
    expect(propOf(record, 'x')).toBe(9)
    expect(textOf(record, 'label')).toBe('Hello!')
  })

  it('undoing a put hides the record, and redoing it brings back what others did meanwhile', () => {
    const undone = undo(recordsType.create(), NOTE, editRecord('n', { set: { x: 9 } }))
    expect(note(undone).deleted).toBe(true)
    const put = recordsType.apply(recordsType.create(), NOTE)
    const redo = recordsType.invert(recordsType.invert(NOTE, recordsType.create()), put)
    const redone = note(recordsType.apply(undone, redo))
    expect(redone.deleted).toBeUndefined()
    expect(propOf(redone, 'x')).toBe(9)
  })

  it('undoing a purge puts the record back with everything in it', () => {
    const undone = recordsType.apply(
      recordsType.apply(start, purgeRecord('n')),
      recordsType.invert(purgeRecord('n'), start),
    )
    expect(recordsType.serialise(undone)).toBe(recordsType.serialise(start))
  })

  it("undoing an append takes out one's own numbers, not those of others", () => {
    const mine = appendPoints('n', note(start), 'path', [3, 4])
    const after = recordsType.apply(start, mine)
    const others = appendPoints('n', note(after), 'path', [5])
    expect(pointsOf(note(undo(start, mine, others)), 'path')).toEqual([1, 2, 5])
  })
})

describe('ops from outside', () => {
  it.each<[what: string, json: string]>([
    ['no object', '[]'],
    ['an id that is __proto__', '{"__proto__":{"purge":true}}'],
    ['an id that is an array index', '{"7":{"purge":true}}'],
    ['an id with a space', '{"a b":{"purge":true}}'],
    ['an id that is too long', `{"${'a'.repeat(65)}":{"purge":true}}`],
    ['an unknown part', '{"a":{"sett":{"x":1}}}'],
    ['a put with an edit', '{"a":{"put":{"kind":"note"},"set":{"x":1}}}'],
    ['a put without a kind', '{"a":{"put":{}}}'],
    ['a put with an unknown field', '{"a":{"put":{"kind":"note","prototype":1}}}'],
    ['a purge that is false', '{"a":{"purge":false}}'],
    ['a removal that is no boolean', '{"a":{"deleted":1}}'],
    ['a property named __proto__', '{"a":{"set":{"__proto__":{"x":1}}}}'],
    ['__proto__ inside a property', '{"a":{"set":{"x":{"__proto__":1}}}}'],
    ['a property that is too deep', '{"a":{"set":{"x":[[[[[1]]]]]}}}'],
    ['a property that is too long', `{"a":{"set":{"x":"${'a'.repeat(16_385)}"}}}`],
    ['half a surrogate pair in a property', '{"a":{"set":{"x":"\\ud83d"}}}'],
    ['half a surrogate pair in a text', '{"a":{"put":{"kind":"note","texts":{"t":"\\ud83d"}}}}'],
    ['a carriage return in a text', '{"a":{"put":{"kind":"note","texts":{"t":"a\\r\\n"}}}}'],
    ['half a surrogate pair inserted', '{"a":{"texts":{"t":["\\ude00"]}}}'],
    ['a text op that ends in a retain', '{"a":{"texts":{"t":["a",4]}}}'],
    ['a number too large for a double', '{"a":{"points":{"p":[[1e999]]}}}'],
    ['text among points', '{"a":{"points":{"p":[["1"]]}}}'],
    ['a retain that is no whole number', '{"a":{"points":{"p":[0.5,[1]]}}}'],
    ['a points op that reaches too far', '{"a":{"points":{"p":[9007199254740991,[1]]}}}'],
    ['a change that is null', '{"a":null}'],
  ])('refuses %s', (_, json) => {
    expectRefused('op-malformed', () => recordsType.parseOp(JSON.parse(json)))
  })

  it.each([Number.NaN, Infinity, undefined, 1n, Symbol('x'), () => 1])(
    'refuses %s as a property',
    (value) => {
      expectRefused('op-malformed', () => recordsType.parseOp({ a: { set: { x: value } } }))
      expectRefused('op-malformed', () => recordsType.parseOp({ a: { set: { x: [value] } } }))
    },
  )

  it('puts them into canonical form', () => {
    const op = recordsType.parseOp(
      JSON.parse(
        '{"b":{"texts":{"t":["a"]},"set":{"y":{"d":1,"c":-0},"x":null},"points":{"p":[2,3,[1],[],-0]}},"a":{"put":{"texts":{"t":""},"points":{"p":[]},"props":{"x":null},"kind":"k","deleted":false}},"c":{}}',
      ),
    )
    expect(JSON.stringify(op)).toBe(
      '{"a":{"put":{"kind":"k"}},"b":{"points":{"p":[5,[1]]},"set":{"x":null,"y":{"c":0,"d":1}},"texts":{"t":["a"]}}}',
    )
  })

  it('keys that every JavaScript object inherits are keys like others', () => {
    const op = putRecord('constructor', { kind: 'toString', props: { valueOf: 1 } })
    const snapshot = recordsType.apply(recordsType.create(), op)
    expect(snapshot.records.get('toString')).toBeUndefined()
    const record = snapshot.records.get('constructor') as RecordValue
    expect(propOf(record, 'valueOf')).toBe(1)
    expect(propOf(record, 'hasOwnProperty')).toBeNull()
    expect(textOf(record, 'constructor')).toBe('')
    expect(pointsOf(record, 'constructor')).toEqual([])
    const edit = editRecord('toString', { set: { x: 1 } })
    expect(recordsType.transform(edit, editRecord('n', { set: { x: 2 } }), 'later')).toEqual(edit)
  })
})

describe('ops that do not fit', () => {
  const smile = recordsType.apply(start, editRecord('n', { texts: { label: [5, '🙂'] } }))

  it.each<[what: string, snapshot: RecordsSnapshot, op: unknown]>([
    ['an edit of a record that is not there', start, { m: { set: { x: 1 } } }],
    ['a purge of a record that is not there', start, { m: { purge: true } }],
    ['a put where a record is', start, { n: { put: { kind: 'note' } } }],
    ['a text op beyond the end', start, { n: { texts: { label: [6, 'x'] } } }],
    ['a text op on a text that is not there', start, { n: { texts: { other: [1, 'x'] } } }],
    ['a text op inside a surrogate pair', smile, { n: { texts: { label: [6, 'x'] } } }],
    ['a points op beyond the end', start, { n: { points: { path: [3, [1]] } } }],
  ])('refuses %s and leaves the snapshot as it was', (_, snapshot, op) => {
    const before = recordsType.serialise(snapshot)
    const parsed = recordsType.parseOp(op)
    expectRefused('op-unfit', () => recordsType.check(snapshot, parsed))
    expectRefused('op-unfit', () => recordsType.apply(snapshot, parsed))
    expect(recordsType.serialise(snapshot)).toBe(before)
  })

  it('refuses to compose and to transform what cannot have happened', () => {
    expectRefused('op-unfit', () => recordsType.compose(NOTE, NOTE))
    expectRefused('op-unfit', () => recordsType.compose(purgeRecord('n'), removeRecord('n')))
    expectRefused('op-unfit', () => recordsType.transform(NOTE, removeRecord('n'), 'later'))
  })
})

describe('stored snapshots', () => {
  it.each([
    '',
    '[]',
    '{"a":1}',
    '{"a":{}}',
    '{"__proto__":{"kind":"note"}}',
    '{"a":{"kind":"note","x":1}}',
    '{"a":',
  ])('refuses %s', (text) => {
    expectRefused('snapshot-malformed', () => recordsType.parseSnapshot(text))
  })

  it('are JSON with rising keys and nothing empty', () => {
    expect(recordsType.serialise(recordsType.apply(start, removeRecord('n')))).toBe(
      '{"n":{"deleted":true,"kind":"note","points":{"path":[1,2]},"props":{"x":1,"y":2},"texts":{"label":"Hello"}}}',
    )
  })
})

describe('positions', () => {
  const caret = { record: 'n', key: 'label', offset: 5 }

  it("a caret stays left of what is inserted at it; the author's own moves behind", () => {
    const typed = editRecord('n', { texts: { label: [5, '!!'] } })
    expect(recordsType.transformPosition(caret, typed)).toEqual(caret)
    expect(recordsType.transformPosition(caret, typed, true)).toEqual({ ...caret, offset: 7 })
  })

  it('a purged record leaves a position without a caret', () => {
    expect(recordsType.transformPosition(caret, purgeRecord('n'))).toEqual({ record: 'n' })
  })

  it('a point and a view are where they are, whatever the ops', () => {
    for (const position of [
      { point: [1.5, -2] as const },
      { point: [0, 0] as const, laser: true as const },
      { view: [-10, 5, 800, 600] as const },
    ]) {
      expect(recordsType.parsePosition(JSON.parse(JSON.stringify(position)))).toEqual(position)
      expect(recordsType.transformPosition(position, purgeRecord('n'))).toBe(position)
    }
  })

  it.each([
    null,
    {},
    { point: [1] },
    { point: [1, Number.NaN] },
    { point: [1, 2e9] },
    { point: [1, 2], laser: false },
    { point: [1, 2], record: 'n' },
    { view: [0, 0, 0, 10] },
    { view: [0, 0, 10, 10], laser: true },
    { record: '' },
    { record: 'n', key: 'label' },
    { record: 'n', offset: 1 },
    { ...caret, offset: -1 },
  ])('refuses %j', (value) => {
    expectRefused('position-malformed', () => recordsType.parsePosition(value))
  })
})
