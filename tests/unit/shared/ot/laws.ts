/**
 * One fuzzer for every document type: registers a test for each law of the contract in `otType.ts`.
 *
 * Ops are built from *recipes*, random values that mean something on any snapshot, so that fast-check can
 * make a failing case smaller. A failure prints fast-check's seed and path; `LAW_SEED=n` runs that seed again
 * and `LAW_RUNS=n` sets the number of runs per law.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { composeAll } from '../../../../src/shared/ot/composeAll'
import type { OtType } from '../../../../src/shared/ot/otType'
import { deepFreeze } from './deepFreeze'

export interface LawSubject<Snapshot, Op, Position, Recipe> {
  readonly type: OtType<Snapshot, Op, Position>
  /** Any snapshot, also large and odd ones. */
  readonly snapshots: fc.Arbitrary<Snapshot>
  /** What an op is made of; independent of any snapshot. Should sometimes give an op without effect. */
  readonly recipes: fc.Arbitrary<Recipe>
  /** An op that fits `snapshot`. Must be a pure function of its arguments. */
  readonly makeOp: (snapshot: Snapshot, recipe: Recipe) => Op
  /** A position that is valid in `snapshot`. `choice` is a random number from 0 up to, not including, 1. */
  readonly makePosition: (snapshot: Snapshot, choice: number) => Position
  /** No op is so indivisible that a piece of it is longer than this (UTF-16 units of JSON). */
  readonly smallestPiece: number
  /** `restored`, which undoing an op on `before` gave, less what the type's `invert` says it leaves; nothing unless told. */
  readonly withoutLeftovers?: (restored: Snapshot, before: Snapshot) => Snapshot
  /** Runs per law; 300 unless told. */
  readonly runs?: number
}

/** Registers the laws of {@link OtType} as tests for one document type. */
export function describeLaws<Snapshot, Op, Position, Recipe>(
  subject: LawSubject<Snapshot, Op, Position, Recipe>,
): void {
  const { type, makeOp } = subject
  const seed = process.env['LAW_SEED']
  const parameters = {
    numRuns: Number(process.env['LAW_RUNS'] ?? subject.runs ?? 300),
    ...(seed === undefined ? {} : { seed: Number(seed) }),
  }

  const start = subject.snapshots.map((snapshot) => deepFreeze(snapshot))
  const recipe = subject.recipes
  const choice = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
  const check = <T extends [unknown, ...unknown[]]>(
    arbitraries: { [K in keyof T]: fc.Arbitrary<T[K]> },
    predicate: (...values: T) => void,
  ): void => fc.assert(fc.property<T>(...arbitraries, predicate), parameters)

  // Whatever goes in is frozen, so a type that modifies an input throws here (modules are strict code).
  const op = (snapshot: Snapshot, from: Recipe): Op => deepFreeze(makeOp(snapshot, from))
  const apply = (snapshot: Snapshot, ...ops: Op[]): Snapshot =>
    deepFreeze(ops.reduce((state, each) => type.apply(state, each), snapshot))
  const expectSame = (actual: Snapshot, expected: Snapshot): void => {
    expect(type.serialise(actual)).toBe(type.serialise(expected))
  }
  const expectCanonical = (made: Op): void => {
    expect(type.parseOp(made)).toEqual(made)
    expect(type.parseOp(JSON.parse(JSON.stringify(made)))).toEqual(made)
  }
  const emptyOp = (snapshot: Snapshot): Op => deepFreeze(type.diff(snapshot, snapshot))

  describe(`laws of the document type "${type.name}"`, () => {
    it('T3: ops are canonical, fit their snapshot and survive JSON', () => {
      check([start, recipe], (s, r) => {
        const a = op(s, r)
        expectCanonical(a)
        type.check(s, a)
      })
    })

    it('T1: TP1: both orders of two concurrent ops end in the same snapshot', () => {
      check([start, recipe, recipe], (s, r1, r2) => {
        const earlier = op(s, r1)
        const later = op(s, r2)
        const laterAfter = deepFreeze(type.transform(later, earlier, 'later'))
        const earlierAfter = deepFreeze(type.transform(earlier, later, 'earlier'))
        expectCanonical(laterAfter)
        expectCanonical(earlierAfter)
        const afterEarlier = apply(s, earlier)
        const afterLater = apply(s, later)
        type.check(afterEarlier, laterAfter)
        type.check(afterLater, earlierAfter)
        expectSame(apply(afterEarlier, laterAfter), apply(afterLater, earlierAfter))
      })
    })

    it('transformBoth gives the two transforms', () => {
      check([start, recipe, recipe], (s, r1, r2) => {
        const earlier = op(s, r1)
        const later = op(s, r2)
        expect(type.transformBoth(earlier, later)).toEqual([
          type.transform(earlier, later, 'earlier'),
          type.transform(later, earlier, 'later'),
        ])
      })
    })

    it('T1: transforming over a sequence, one by one on both sides, converges', () => {
      check([start, fc.array(recipe, { maxLength: 5 }), recipe], (s, recipes, r) => {
        let mine = op(s, r)
        let theirs = s
        let ours = apply(s, mine)
        for (const each of recipes) {
          const remote = op(theirs, each)
          theirs = apply(theirs, remote)
          const [remoteAfter, mineAfter] = type.transformBoth(remote, mine)
          ours = apply(ours, deepFreeze(remoteAfter))
          mine = deepFreeze(mineAfter)
        }
        expectSame(apply(theirs, mine), ours)
      })
    })

    it('compose has the effect of both ops', () => {
      check([start, recipe, recipe], (s, r1, r2) => {
        const a = op(s, r1)
        const b = op(apply(s, a), r2)
        const both = deepFreeze(type.compose(a, b))
        expectCanonical(both)
        type.check(s, both)
        expectSame(apply(s, both), apply(s, a, b))
      })
    })

    it('compose is associative, in form too', () => {
      check([start, recipe, recipe, recipe], (s, r1, r2, r3) => {
        const a = op(s, r1)
        const b = op(apply(s, a), r2)
        const c = op(apply(s, a, b), r3)
        const left = type.compose(deepFreeze(type.compose(a, b)), c)
        const right = type.compose(a, deepFreeze(type.compose(b, c)))
        expect(left).toEqual(right)
      })
    })

    it('composing a sequence as a tree gives the form of composing it one by one', () => {
      check([start, fc.array(recipe, { minLength: 1, maxLength: 9 })], (s, recipes) => {
        let state = s
        const ops = recipes.map((each) => {
          const made = op(state, each)
          state = apply(state, made)
          return made
        })
        const tree = composeAll(type, ops)
        expect(tree).toEqual(ops.reduce((x, y) => type.compose(x, y)))
        if (tree !== undefined) expectSame(apply(s, tree), state)
      })
    })

    it('the empty op is neutral', () => {
      check([start, recipe], (s, r) => {
        const a = op(s, r)
        const empty = emptyOp(s)
        expect(type.isEmpty(empty)).toBe(true)
        expectSame(apply(s, empty), s)
        expect(type.compose(a, empty)).toEqual(a)
        expect(type.compose(empty, a)).toEqual(a)
        expect(type.transform(a, empty, 'earlier')).toEqual(a)
        expect(type.transform(a, empty, 'later')).toEqual(a)
        expect(type.isEmpty(type.transform(empty, a, 'earlier'))).toBe(true)
        if (type.isEmpty(a)) expectSame(apply(s, a), s)
      })
    })

    it('invert takes an op back', () => {
      check([start, recipe], (s, r) => {
        const a = op(s, r)
        const back = deepFreeze(type.invert(a, s))
        expectCanonical(back)
        type.check(apply(s, a), back)
        const restored = apply(s, a, back)
        expectSame(subject.withoutLeftovers?.(restored, s) ?? restored, s)
      })
    })

    it('diff leads from one snapshot to the other', () => {
      check([start, start, recipe], (s, other, r) => {
        for (const target of [other, apply(s, op(s, r))]) {
          const difference = deepFreeze(type.diff(s, target))
          expectCanonical(difference)
          expectSame(apply(s, difference), target)
        }
      })
    })

    it('T6: the pieces of a split op fit, are short enough and compose to the op', () => {
      check([start, recipe, fc.nat({ max: 60 })], (s, r, extra) => {
        const a = op(s, r)
        const maxLength = subject.smallestPiece + extra
        const pieces = type.split(a, maxLength).map((piece) => deepFreeze(piece))
        let state = s
        for (const piece of pieces) {
          expectCanonical(piece)
          expect(JSON.stringify(piece).length).toBeLessThanOrEqual(maxLength)
          type.check(state, piece)
          state = apply(state, piece)
        }
        expectSame(state, apply(s, a))
        expect(composeAll(type, pieces) ?? emptyOp(s)).toEqual(a)
      })
    })

    it('snapshots survive serialising', () => {
      check([start, recipe], (s, r) => {
        for (const state of [type.create(), s, apply(s, op(s, r))]) {
          const text = type.serialise(state)
          expectSame(type.parseSnapshot(text), state)
          expect(type.serialise(type.parseSnapshot(text))).toBe(text)
          expectNear(type.snapshotLength(state), text.length)
        }
      })
    })

    it('opLength is the length of the JSON text, or slightly above', () => {
      check([start, recipe], (s, r) => {
        const a = op(s, r)
        const length = JSON.stringify(a).length
        expect(type.opLength(a)).toBeGreaterThanOrEqual(length)
        expectNear(type.opLength(a), length)
      })
    })

    it('inputs are never modified', () => {
      // Freezing does not reach into maps and closures, so the texts are compared as well.
      check([start, recipe, recipe], (s, r1, r2) => {
        const before = type.serialise(s)
        const a = op(s, r1)
        const b = op(s, r2)
        const forms = JSON.stringify([a, b])
        const after = type.apply(s, a)
        const afterText = type.serialise(after)
        type.check(s, a)
        type.transformBoth(a, b)
        type.compose(a, type.transform(b, a, 'later'))
        type.invert(a, s)
        type.diff(s, after)
        type.split(a, subject.smallestPiece)
        type.apply(after, type.transform(b, a, 'later'))
        expect(type.serialise(s)).toBe(before)
        expect(type.serialise(after)).toBe(afterText)
        expect(JSON.stringify([a, b])).toBe(forms)
      })
    })

    it('positions survive JSON and the empty op, and stay positions after any op', () => {
      check([start, recipe, choice, fc.boolean()], (s, r, at, own) => {
        const position = deepFreeze(subject.makePosition(s, at))
        expect(type.parsePosition(JSON.parse(JSON.stringify(position)))).toEqual(position)
        expect(type.transformPosition(position, emptyOp(s), own)).toEqual(position)
        const moved = type.transformPosition(position, op(s, r), own)
        expect(type.parsePosition(JSON.parse(JSON.stringify(moved)))).toEqual(moved)
      })
    })
  })
}

/** Equal but for 10 % or 16 units, whichever is more. */
function expectNear(actual: number, expected: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(Math.max(16, expected / 10))
}
