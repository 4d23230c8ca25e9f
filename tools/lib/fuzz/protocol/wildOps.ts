import type { SeededRandom } from '../../../../tests/lib/simulation/seededRandom'

/** Values that programs trip over. None is outside of JSON. */
export const WILD_VALUES: readonly unknown[] = [
  ...[null, true, false, '', 'x', '\ud800', '\udc00a', '\u0000', '\r\n', '__proto__', 'constructor', 'NaN'],
  ...[0, -0, -1, 1, 0.5, 1e308, -1e308, 5e-324, 2 ** 31, 2 ** 32, 2 ** 53, 2 ** 53 - 1, -(2 ** 53)],
  ...[
    [],
    {},
    [[]],
    [null],
    { __proto__: null },
    { length: 1e9 },
    { toString: 1 },
    { then: 1 },
    { constructor: { prototype: {} } },
  ],
  'x'.repeat(5_000),
]

/** Something where an op or a place belongs: of text, of records, of a board, or of nothing. */
export function wildOp(random: SeededRandom, ids: readonly string[]): unknown {
  const kind = random.below(10)
  if (kind < 4) return textOp(random)
  if (kind < 8) return recordsOp(random, ids)
  if (kind < 9) return Array.from({ length: random.below(4) }, () => random.pick(WILD_VALUES))
  return nested(random.below(14), random.pick(WILD_VALUES))
}

function textOp(random: SeededRandom): unknown[] {
  const parts = [
    () => random.below(40),
    () => -1 - random.below(40),
    () => random.pick(['a', 'bc\n', '😀', '\ud83d', '\ude00', '\r', '', '写字', 'x'.repeat(500)]),
    () => random.pick(WILD_VALUES),
  ]
  return Array.from({ length: 1 + random.below(5) }, () => parts[Math.min(3, random.below(13) >> 2)]?.())
}

function recordsOp(random: SeededRandom, ids: readonly string[]): unknown {
  const value = (): unknown => random.pick(WILD_VALUES)
  const changes = [
    () => ({
      put: {
        kind: random.pick(['page', 'shape', 'stroke', value()]),
        props: {
          kind: random.pick(['text', 'board', value()]),
          order: random.pick(['a0', 'a1', 'zz', value()]),
          x: value(),
        },
        texts: { title: random.pick(['Notes', '', '\ud800', value()]) },
      },
    }),
    () => ({ set: { [random.pick(['order', 'x', '__proto__', 'points']) ?? '']: value() } }),
    () => ({ remove: true }),
    () => ({ text: { title: textOp(random) } }),
    () => ({ points: [value(), value()] }),
    () => ({ purge: value() }),
    () => value(),
  ]
  const entries = Array.from({ length: 1 + random.below(3) }, () => [
    random.pick(ids) ?? random.pick(['__proto__', 'x', 'constructor']) ?? '',
    random.pick(changes)?.(),
  ])
  return Object.fromEntries(entries)
}

/** A value inside of so many arrays or objects. */
export function nested(levels: number, value: unknown): unknown {
  let result = value
  for (let level = 0; level < levels; level += 1) result = level % 2 === 0 ? [result] : { a: result }
  return result
}
