import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { recordsType } from '../../../../../src/shared/ot/records/recordsType'
import type { RecordsSnapshot } from '../../../../../src/shared/ot/records/snapshot'
import { describeLaws } from '../laws'
import { makeOp, makePosition, recipes, snapshots } from './recordsArbitraries'

/** What was put is taken back by removing it: the tombstones that leaves are purged here. */
function withoutNewTombstones(restored: RecordsSnapshot, before: RecordsSnapshot): RecordsSnapshot {
  const left = [...restored.records.entries()].filter(
    ([id, record]) => record.deleted && before.records.get(id) === undefined,
  )
  return recordsType.apply(
    restored,
    recordsType.parseOp(Object.fromEntries(left.map(([id]) => [id, { purge: true }]))),
  )
}

describeLaws({
  type: recordsType,
  snapshots,
  recipes,
  makeOp,
  makePosition,
  smallestPiece: 120,
  withoutLeftovers: withoutNewTombstones,
})

describe('canonical form of records', () => {
  it('ops of every origin have rising keys, so that one op is one text', () => {
    fc.assert(
      fc.property(snapshots, recipes, recipes, (s, r1, r2) => {
        const a = makeOp(s, r1)
        const b = makeOp(s, r2)
        const after = recordsType.apply(s, a)
        for (const op of [
          a,
          ...recordsType.transformBoth(a, b),
          recordsType.compose(a, recordsType.transform(b, a, 'later')),
          recordsType.invert(a, s),
          recordsType.diff(s, after),
          ...recordsType.split(a, 120),
        ]) {
          expect(JSON.stringify(recordsType.parseOp(JSON.parse(JSON.stringify(op))))).toBe(JSON.stringify(op))
        }
      }),
      { numRuns: 300 },
    )
  })

  it('R5: snapshots with equal records have one text, whatever way they were reached', () => {
    fc.assert(
      fc.property(snapshots, snapshots, (s, t) => {
        const reached = recordsType.apply(s, recordsType.diff(s, t))
        expect(recordsType.serialise(reached)).toBe(recordsType.serialise(t))
        expect(recordsType.isEmpty(recordsType.diff(reached, t))).toBe(true)
      }),
      { numRuns: 300 },
    )
  })
})
