import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EditRuns } from '../../../../src/client/replica/editRuns'
import type { EditRun } from '../../../../src/client/cache/replicaCache'
import { otTypeOf } from '../../../../src/shared/ot/anyType'
import { composeAll } from '../../../../src/shared/ot/composeAll'
import { idOf } from '../../../lib/idOf'

const type = otTypeOf('text')
const [ADA, BOB] = [idOf('ada'), idOf('bob')]

function runsOf(edits: readonly (readonly [string, unknown])[], maxLength = 10_000): EditRuns {
  const runs = new EditRuns(type, maxLength, [])
  const seqs = new Map<string, number>()
  for (const [client, op] of edits) {
    const seq = (seqs.get(client) ?? 0) + 1
    seqs.set(client, seq)
    runs.add(client, seq, op)
  }
  return runs
}

const letters = (count: number, client = ADA): [string, unknown][] =>
  Array.from({ length: count }, (_, index) => [client, index === 0 ? ['a'] : [index, 'a']])

const shape = (runs: EditRuns): number[] => runs.all.map(({ first, seq }) => seq - first + 1)

describe('edits never sent', () => {
  it('C9: are joined into a balanced tree, larger runs first', () => {
    expect(shape(runsOf(letters(1)))).toEqual([1])
    expect(shape(runsOf(letters(7)))).toEqual([4, 2, 1])
    expect(shape(runsOf(letters(8)))).toEqual([8])
    expect(shape(runsOf(letters(1_000))).length).toBeLessThanOrEqual(10)
  })

  it('C9: compose to what they were made of, whatever their number and the limit', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat({ max: 5 }), { maxLength: 60 }),
        fc.integer({ min: 20, max: 200 }),
        (steps, max) => {
          let length = 0
          const edits = steps.map((step): [string, unknown] => {
            const at = length === 0 ? 0 : step % (length + 1)
            const op =
              step === 5 && at < length ? [...(at > 0 ? [at] : []), -1] : [...(at > 0 ? [at] : []), `${step}`]
            length += step === 5 && at < length ? -1 : 1
            return [ADA, op]
          })
          const runs = runsOf(edits, max)
          const ops = runs.all.map(({ op }) => op)
          expect(composeAll(type, ops) ?? []).toEqual(
            composeAll(
              type,
              edits.map(([, op]) => op),
            ) ?? [],
          )
          expect(runs.edits).toBe(edits.length)
          for (const run of runs.all) {
            if (run.first !== run.seq) expect(type.opLength(run.op)).toBeLessThanOrEqual(max)
          }
        },
      ),
    )
  })

  it('C9: of one sequence are the same runs every time, so that a journal makes them again', () => {
    const edits = letters(137)
    expect(runsOf(edits, 40).all).toEqual(runsOf(edits, 40).all)
  })

  it('C9: are taken out oldest first, as many as fit into one update, of one client', () => {
    const runs = runsOf([...letters(5), [BOB, ['b']], [BOB, ['b']], [ADA, ['c']]])
    const taken: (EditRun | undefined)[] = []
    while (runs.all.length > 0) taken.push(runs.takeFirst())
    expect(taken.map((run) => run && [run.clientId, run.first, run.seq])).toEqual([
      [ADA, 1, 5],
      [BOB, 1, 2],
      [ADA, 6, 6],
    ])
    expect(taken[0]?.op).toEqual(['aaaaa'])
    expect(runs.takeFirst()).toBeUndefined()
  })

  it('C9: too long for one update are taken in several, one edit at least', () => {
    const long = 'x'.repeat(50)
    const runs = runsOf(
      [
        [ADA, [long]],
        [ADA, [long]],
        [ADA, ['a']],
        [ADA, ['b']],
      ],
      30,
    )
    expect(runs.takeFirst()).toMatchObject({ first: 1, seq: 1 })
    expect(runs.takeFirst()).toMatchObject({ first: 2, seq: 2 })
    expect(runs.takeFirst()).toMatchObject({ first: 3, seq: 4, op: ['ba'] })
  })

  it('C9: that could not be sent come back before the others', () => {
    const runs = runsOf(letters(3))
    const taken = runs.takeFirst()
    if (taken === undefined) throw new Error('nothing was taken')
    runs.add(ADA, 4, [3, 'b'])
    runs.addFirst(taken)
    expect(runs.takeFirst()).toEqual({ clientId: ADA, first: 1, seq: 4, op: ['aaab'] })
  })

  it('C3: are transformed over what was committed, which is given back as it applies after them', () => {
    const runs = runsOf([
      [ADA, ['me']],
      [BOB, [2, '!']],
      [ADA, [-1]],
    ])
    expect(runs.transformOver(['you '])).toEqual([2, 'you '])
    expect(
      composeAll(
        type,
        runs.all.map(({ op }) => op),
      ),
    ).toEqual(['e!'])
    expect(runs.edits).toBe(3)
  })

  it('C6: that the server has are dropped, the rest stays', () => {
    const runs = runsOf([...letters(1), [BOB, ['b']], [ADA, ['c']]])
    runs.dropWhile((run) => run.clientId !== ADA || run.seq <= 1)
    expect(runs.all).toEqual([{ clientId: ADA, first: 2, seq: 2, op: ['c'] }])
    runs.dropWhile(() => true)
    expect([runs.all, runs.edits]).toEqual([[], 0])
  })

  it('C9: that were handed out are not changed by what comes later', () => {
    const runs = runsOf(letters(2))
    const before = runs.all
    const copy = JSON.stringify(before)
    runs.add(ADA, 3, ['z'])
    runs.transformOver(['y'])
    runs.clear()
    expect(JSON.stringify(before)).toBe(copy)
  })
})
