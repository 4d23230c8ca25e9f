/**
 * The order of records among each other: by fractional key, then by id. Between two different keys there is always
 * room for another, so moving one thing writes one property. Two people who insert at one place at once make equal
 * keys; the ids decide then, and whoever inserts between the two later gives them new keys first.
 */
import { generateNKeysBetween } from 'fractional-indexing'

export interface Ordered {
  readonly id: string
  /** A fractional key, or anything else from a record of somebody else's making: such things come last. */
  readonly key: unknown
}

/** What inserting takes: a key for each new thing, and new keys for things that stand there already. */
export interface Placement {
  readonly keys: readonly string[]
  readonly rekeyed: readonly { readonly id: string; readonly key: string }[]
}

/** Longer keys count as none: who sends them wants to be slow to read. */
const MAX_KEY_LENGTH = 128
/** Longer keys are not made: where many insertions at one place would need them, everything gets a new key. */
const MAX_MADE_KEY_LENGTH = 64

/** True for a key that `fractional-indexing` takes and can go on from in both directions. */
export function isOrderKey(key: unknown): key is string {
  // The outermost integers, with A and z, are left out: there is no key before the first.
  if (typeof key !== 'string' || key.length > MAX_KEY_LENGTH || !/^[B-Za-y][0-9A-Za-z]+$/.test(key))
    return false
  const head = key.charCodeAt(0)
  // Characters of the integer part by its first: a 2, b 3 ... and Z 2, Y 3 ...
  const length = head >= 97 ? head - 95 : 92 - head
  return key.length === length || (key.length > length && !key.endsWith('0'))
}

/** Order of two things: by key, then by id; things without a valid key last. */
export function compareOrder(a: Ordered, b: Ordered): number {
  const aKey = isOrderKey(a.key) ? a.key : undefined
  const bKey = isOrderKey(b.key) ? b.key : undefined
  if (aKey !== bKey) {
    if (aKey === undefined) return 1
    if (bKey === undefined) return -1
    return aKey < bKey ? -1 : 1
  }
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

/**
 * Keys for `count` new things before `items[index]` (behind all where `index` is their number). `items` are sorted
 * by {@link compareOrder} and do not hold what is about to be moved.
 */
export function orderBetween(items: readonly Ordered[], index: number, count = 1): Placement {
  const keyAt = (at: number): string | null => {
    const key = items[at]?.key
    return isOrderKey(key) ? key : null
  }
  // What stands before the gap needs valid keys; what stands after it and has one needs a greater one.
  let from = index
  while (from > 0 && keyAt(from - 1) === null) from--
  const left = keyAt(from - 1)
  let to = index
  while (left !== null && keyAt(to) === left) to++
  let made = generateNKeysBetween(left, keyAt(to), to - from + count)
  if (!made.every((key) => isOrderKey(key) && key.length <= MAX_MADE_KEY_LENGTH)) {
    from = 0
    made = generateNKeysBetween(null, null, items.length + count)
  }
  const keys = made.splice(index - from, count)
  return { keys, rekeyed: made.map((key, i) => ({ id: (items[from + i] as Ordered).id, key })) }
}
