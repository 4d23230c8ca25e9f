import { ChangeSet, Text } from '@codemirror/state'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changesToOp, opToChanges } from '../../../../../src/renderer/bindings/text/changes'
import { isWellFormed, textType } from '../../../../../src/shared/ot/text'

const text = (content: string): Text => Text.of(content.split('\n'))
const letters = fc.string({
  unit: fc.constantFrom('a', 'b', '\n', ' ', 'é', '海', '😀', '👩'),
  maxLength: 60,
})

/** A document, and cuts into it with what goes in at each. Offsets may lie inside a surrogate pair. */
const edits = fc
  .tuple(letters, fc.array(fc.tuple(fc.nat(100), fc.nat(8), letters), { maxLength: 5 }))
  .map(([content, cuts]) => {
    const specs: { from: number; to: number; insert: string }[] = []
    let free = 0
    for (const [gap, length, insert] of cuts) {
      const from = Math.min(content.length, free + (gap % 7))
      const to = Math.min(content.length, from + length)
      specs.push({ from, to, insert })
      free = to
    }
    return { before: text(content), specs }
  })

describe('changes of an editor and ops', () => {
  it('have the same effect, whatever is changed', () => {
    fc.assert(
      fc.property(edits, ({ before, specs }) => {
        const changes = ChangeSet.of(specs, before.length)
        const after = changes.apply(before)
        fc.pre(isWellFormed(after.toString()))
        const op = changesToOp(changes, before)
        expect(textType.apply(before, op).toString()).toBe(after.toString())
      }),
      { numRuns: 500 },
    )
  })

  it('keep the effect of an op on its way into an editor', () => {
    fc.assert(
      fc.property(letters, letters, (from, to) => {
        const before = text(from)
        const op = textType.diff(before, text(to))
        const changes = ChangeSet.of(opToChanges(op), before.length)
        expect(changes.apply(before).toString()).toBe(to)
      }),
      { numRuns: 500 },
    )
  })

  it('give ops in the canonical form', () => {
    fc.assert(
      fc.property(edits, ({ before, specs }) => {
        const changes = ChangeSet.of(specs, before.length)
        fc.pre(isWellFormed(changes.apply(before).toString()))
        const op = changesToOp(changes, before)
        expect(textType.parseOp(JSON.parse(JSON.stringify(op)))).toEqual(op)
      }),
      { numRuns: 500 },
    )
  })

  it('never cut a surrogate pair: a change inside one replaces the whole character', () => {
    const before = text('a😀b')
    // 😀 is D83D DE00, 😁 is D83D DE01: an input method may replace the second half alone.
    const changes = ChangeSet.of({ from: 2, to: 3, insert: '\uDE01' }, before.length)
    const op = changesToOp(changes, before)
    expect(op).toEqual([1, '😁', -2])
    expect(() => textType.check(before, op)).not.toThrow()
  })

  it('put an insertion before a deletion at the same place', () => {
    const before = text('hello')
    expect(changesToOp(ChangeSet.of({ from: 0, to: 5, insert: 'bye' }, 5), before)).toEqual(['bye', -5])
  })
})
