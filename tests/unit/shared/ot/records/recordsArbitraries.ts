/** Random records, and ops on them made from recipes that mean something on any snapshot. */
import fc from 'fast-check'
import type { Json } from '../../../../../src/shared/ot/records/json'
import { diffLabels } from '../../../../../src/shared/ot/records/label'
import { pointsOf, textOf, type RecordValue } from '../../../../../src/shared/ot/records/record'
import type { RecordsOp } from '../../../../../src/shared/ot/records/recordsOp'
import { recordsType } from '../../../../../src/shared/ot/records/recordsType'
import type { RecordsSnapshot } from '../../../../../src/shared/ot/records/snapshot'

/** Few ids and keys, so that concurrent ops meet; some are names of what every JavaScript object inherits. */
const IDS = ['a', 'b', 'c', 'constructor', 'n-1', 'toString', 'z.9']
const KEYS = ['x', 'y', 'hasOwnProperty']

const key = fc.constantFrom(...KEYS)
const letters = fc.string({
  unit: fc.constantFrom('a', 'b', ' ', '\n', '"', 'é', '語', '🙂', '👩‍🚀'),
  maxLength: 6,
})
const number = fc.oneof(
  fc.integer({ min: -50, max: 50 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
)
const numbers = fc.array(number, { maxLength: 4 })
const value: fc.Arbitrary<Json> = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  number.map((each) => (each === 0 ? 0 : each)),
  letters,
  fc.constantFrom<Json>([1, [2, null]], { a: 1, b: { c: [] } }, [], {}),
)

const record = fc.record({
  kind: fc.constantFrom('note', 'stroke'),
  deleted: fc.boolean(),
  points: fc.dictionary(key, numbers, { maxKeys: 2 }),
  props: fc.dictionary(key, value, { maxKeys: 3 }),
  texts: fc.dictionary(key, letters, { maxKeys: 2 }),
})

/** Parses to canonical form what the dictionaries above hold in any order, with nulls and empties. */
function canonical(from: unknown): RecordValue {
  const put = recordsType.parseOp({ id: { put: withoutPrototype(from) } })['id']?.put
  if (put === undefined) throw new Error('a put has a record')
  return put
}

function withoutPrototype(from: unknown): unknown {
  return JSON.parse(JSON.stringify(from))
}

/** Snapshots of a few records that recipes meet, now and then among hundreds of others. */
export const snapshots: fc.Arbitrary<RecordsSnapshot> = fc
  .tuple(
    fc.dictionary(fc.constantFrom(...IDS), record, { maxKeys: 5 }),
    fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat({ max: 300 }) }),
  )
  .map(([few, crowd]) => {
    const many = Array.from(
      { length: crowd },
      (_, i) => [`m${i}`, { kind: 'note', props: { x: i } }] as const,
    )
    const parsed = recordsType.parseSnapshot(JSON.stringify({ ...Object.fromEntries(many), ...few }))
    return recordsType.parseSnapshot(recordsType.serialise(parsed))
  })

/** One thing done to one record. Fractions choose a place in whatever is there. */
const action = fc.record({
  id: fc.constantFrom(...IDS),
  what: fc.oneof(
    { weight: 2, arbitrary: fc.constant('put' as const) },
    { weight: 3, arbitrary: fc.constant('set' as const) },
    { weight: 4, arbitrary: fc.constant('text' as const) },
    { weight: 3, arbitrary: fc.constant('append' as const) },
    { weight: 1, arbitrary: fc.constant('cut' as const) },
    { weight: 2, arbitrary: fc.constant('remove' as const) },
    { weight: 2, arbitrary: fc.constant('restore' as const) },
    { weight: 1, arbitrary: fc.constant('purge' as const) },
  ),
  key,
  value,
  record,
  letters,
  numbers,
  from: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.nat({ max: 3 }),
})

type Action = typeof action extends fc.Arbitrary<infer T> ? T : never
export type Recipe = readonly Action[]

export const recipes: fc.Arbitrary<Recipe> = fc.array(action, { maxLength: 5 })

/** The op of a recipe: its actions, each on what the ones before have left, composed. */
export function makeOp(snapshot: RecordsSnapshot, recipe: Recipe): RecordsOp {
  let state = snapshot
  let op = recordsType.diff(snapshot, snapshot)
  for (const each of recipe) {
    const next = recordsType.parseOp({ [each.id]: changeOf(state.records.get(each.id), each) })
    state = recordsType.apply(state, next)
    op = recordsType.compose(op, next)
  }
  return op
}

function changeOf(before: RecordValue | undefined, action: Action): unknown {
  const put = canonical(action.record)
  if (before === undefined) return { put }
  const { key, what, from, length } = action
  switch (what) {
    case 'put':
      return { purge: true, put }
    case 'set':
      return { set: { [key]: action.value } }
    case 'text':
      return { texts: { [key]: diffLabels(textOf(before, key), splice(textOf(before, key), action)) ?? [] } }
    case 'append':
      return { points: { [key]: [...retain(pointsOf(before, key).length), action.numbers] } }
    case 'cut': {
      const count = pointsOf(before, key).length
      const at = Math.floor(from * count)
      return { points: { [key]: [...retain(at), action.numbers, ...retain(-Math.min(length, count - at))] } }
    }
    case 'remove':
    case 'restore':
      return { deleted: what === 'remove' }
    case 'purge':
      return { purge: true }
  }
}

function retain(count: number): number[] {
  return count === 0 ? [] : [count]
}

function splice(text: string, { from, length, letters }: Action): string {
  const characters = Array.from(text)
  characters.splice(Math.floor(from * (characters.length + 1)), length, letters)
  return characters.join('')
}

/** A record or a caret in one of its texts; now and then a record that is not there. */
export function makePosition(
  snapshot: RecordsSnapshot,
  choice: number,
): { record: string; key?: string; offset?: number } {
  const places: { record: string; key?: string; offset?: number }[] = [{ record: 'nowhere' }]
  for (const [id, each] of snapshot.records.entries()) {
    places.push({ record: id })
    for (const [key, text] of Object.entries(each.texts ?? {})) {
      let offset = 0
      for (const character of Array.from(text)) {
        places.push({ record: id, key, offset })
        offset += character.length
      }
    }
  }
  return places[Math.floor(choice * places.length)] ?? { record: 'nowhere' }
}
