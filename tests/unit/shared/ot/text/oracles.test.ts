/** Our algebra against two others that are in wide use: CodeMirror's ChangeSet and ot-text-unicode. */
import { ChangeSet, type Text } from '@codemirror/state'
import fc from 'fast-check'
import { type as unicodeType, type TextOp as UnicodeOp } from 'ot-text-unicode'
import { describe, expect, it } from 'vitest'
import type { TextOp } from '../../../../../src/shared/ot/text/textOp'
import { textType } from '../../../../../src/shared/ot/text/textType'
import { makeTextOp, recipes, texts } from './arbitraries'
import { seeded } from './seeded'

const { apply, compose, invert, transform } = textType

interface Change {
  readonly from: number
  readonly to: number
  readonly insert: string
}

/** The changes of an op, in units of the text it is applied to. */
function changesOf(op: TextOp): Change[] {
  const changes: Change[] = []
  let at = 0
  let insert = ''
  const close = (to: number): void => {
    if (insert !== '' || to > at) changes.push({ from: at, to, insert })
    insert = ''
    at = to
  }
  for (const part of op) {
    if (typeof part === 'string') insert = part
    else if (part < 0) close(at - part)
    else {
      close(at)
      at += part
    }
  }
  close(at)
  return changes
}

const toChangeSet = (op: TextOp, snapshot: Text): ChangeSet => ChangeSet.of(changesOf(op), snapshot.length)

/** ot-text-unicode counts code points. */
function toUnicodeOp(op: TextOp, snapshot: Text): UnicodeOp {
  const text = snapshot.toString()
  const count = (from: number, to: number): number => [...text.slice(from, to)].length
  let at = 0
  return op.map((part) => {
    if (typeof part === 'string') return part
    const from = at
    at += Math.abs(part)
    return part > 0 ? count(from, at) : { d: count(from, at) }
  })
}

/** True if both insert at one place and at least one of them deletes there too. */
function replacementsMeet(a: TextOp, b: TextOp): boolean {
  const others = changesOf(b).filter((change) => change.insert !== '')
  return changesOf(a).some(
    (change) =>
      change.insert !== '' &&
      others.some(
        (other) => other.from === change.from && (other.to > other.from || change.to > change.from),
      ),
  )
}

describe("CodeMirror's ChangeSet agrees", () => {
  it('on the text after an op, after two composed, and after taking one back', () => {
    fc.assert(
      fc.property(texts, recipes, recipes, (s, r1, r2) => {
        const a = makeTextOp(s, r1)
        const middle = apply(s, a)
        const b = makeTextOp(middle, r2)
        const aSet = toChangeSet(a, s)
        const bSet = toChangeSet(b, middle)
        expect(middle.eq(aSet.apply(s))).toBe(true)
        expect(apply(s, compose(a, b)).eq(aSet.compose(bSet).apply(s))).toBe(true)
        expect(apply(middle, invert(a, s)).eq(aSet.invert(s).apply(middle))).toBe(true)
      }),
      seeded(3000),
    )
  })

  it('on the text after two concurrent ops, but for the order of replacements at one place', () => {
    let compared = 0
    fc.assert(
      fc.property(texts, recipes, recipes, (s, r1, r2) => {
        const earlier = makeTextOp(s, r1)
        const later = makeTextOp(s, r2)
        if (replacementsMeet(earlier, later)) return
        compared++
        const theirs = toChangeSet(later, s).map(toChangeSet(earlier, s), true)
        const after = apply(s, earlier)
        expect(apply(after, transform(later, earlier, 'later')).toString()).toBe(
          theirs.apply(after).toString(),
        )
      }),
      seeded(3000),
    )
    expect(compared).toBeGreaterThan(1000)
  })
})

describe("CodeMirror's ChangeSet disagrees", () => {
  it('with itself on the form of three ops composed, and so on a concurrent edit; ours has one form', () => {
    const start = textType.parseSnapshot('bc')
    const steps: TextOp[] = [[2, 'xyz'], [2, -2], [-2]]
    const concurrent: TextOp = [2, 'new']

    let snapshot = start
    const [a, b, c] = steps.map((op) => {
      const set = toChangeSet(op, snapshot)
      snapshot = apply(snapshot, op)
      return set
    }) as [ChangeSet, ChangeSet, ChangeSet]
    const remote = toChangeSet(concurrent, start)
    const ends = [a.compose(b).compose(c), a.compose(b.compose(c))].map((both) =>
      both.map(remote).apply(remote.apply(start)).toString(),
    )
    expect(ends[0]).not.toBe(ends[1])

    const [x, y, z] = steps as [TextOp, TextOp, TextOp]
    expect(compose(compose(x, y), z)).toEqual(['z', -2])
    expect(compose(x, compose(y, z))).toEqual(['z', -2])
  })
})

describe('ot-text-unicode agrees', () => {
  it('on the text after an op and after two composed', () => {
    fc.assert(
      fc.property(texts, recipes, recipes, (s, r1, r2) => {
        const a = makeTextOp(s, r1)
        const middle = apply(s, a)
        const b = makeTextOp(middle, r2)
        const text = s.toString()
        const both = unicodeType.compose(toUnicodeOp(a, s), toUnicodeOp(b, middle))
        expect(middle.toString()).toBe(unicodeType.apply(text, toUnicodeOp(a, s)))
        expect(apply(s, compose(a, b)).toString()).toBe(unicodeType.apply(text, both))
      }),
      seeded(3000),
    )
  })

  it('on the text after two concurrent ops, the later going left', () => {
    fc.assert(
      fc.property(texts, recipes, recipes, (s, r1, r2) => {
        const earlier = makeTextOp(s, r1)
        const later = makeTextOp(s, r2)
        const after = apply(s, earlier)
        const theirs = unicodeType.transform(toUnicodeOp(later, s), toUnicodeOp(earlier, s), 'left')
        expect(apply(after, transform(later, earlier, 'later')).toString()).toBe(
          unicodeType.apply(after.toString(), theirs),
        )
      }),
      seeded(3000),
    )
  })
})
