/**
 * A persistent map from strings to values, sorted by key (UTF-16 order).
 *
 * Entries lie in chunks of at most 64; a change copies the chunks it touches and the list of chunks, and shares
 * the rest with the map before. With 10,000 entries that is some 200 + 64 references, whatever the keys are: there
 * are no hashes for a hostile client to make collide. Comparing two maps skips the chunks they share.
 */

/** Most entries in a chunk. Chunks are made half full, so that one grows by 32 entries before it is cut again. */
const CHUNK_LIMIT = 64
const CHUNK_FILL = 32
/** A chunk that has shrunk below this is joined with the one after it. */
const CHUNK_LOW = 12

interface Chunk<V> {
  readonly keys: readonly string[]
  readonly values: readonly V[]
}

/** A key and its new value, or `undefined` for no entry. */
export type Change<V> = readonly [key: string, value: V | undefined]

export class SortedMap<V> {
  private constructor(
    private readonly chunks: readonly Chunk<V>[],
    /** Number of entries. */
    readonly size: number,
  ) {}

  static empty<V>(): SortedMap<V> {
    return new SortedMap<V>([], 0)
  }

  get(key: string): V | undefined {
    const chunk = this.chunks[this.chunkFor(key)]
    if (chunk === undefined) return undefined
    const at = lowerBound(chunk.keys, key)
    return chunk.keys[at] === key ? chunk.values[at] : undefined
  }

  /** Entries in key order. */
  *entries(): IterableIterator<[key: string, value: V]> {
    for (const { keys, values } of this.chunks)
      for (let i = 0; i < keys.length; i++) yield [keys[i] as string, values[i] as V]
  }

  /** The map after `changes`, whose keys must rise. */
  with(changes: readonly Change<V>[]): SortedMap<V> {
    if (changes.length === 0) return this
    const out: Chunk<V>[] = []
    let size = this.size
    /** Index of the first chunk that is not in `out` yet. */
    let next = 0
    for (let from = 0; from < changes.length;) {
      const index = this.chunkFor((changes[from] as Change<V>)[0])
      for (; next < index; next++) out.push(this.chunks[next] as Chunk<V>)
      const chunk: Chunk<V> = this.chunks[index] ?? { keys: [], values: [] }
      const limit = index + 1 < this.chunks.length ? this.chunks[index + 1]?.keys[0] : undefined
      let to = from + 1
      while (to < changes.length && (limit === undefined || (changes[to] as Change<V>)[0] < limit)) to++
      const changed = merge(chunk, changes, from, to)
      size += changed.keys.length - chunk.keys.length
      pushCut(out, changed)
      next = index + 1
      from = to
    }
    for (; next < this.chunks.length; next++) out.push(this.chunks[next] as Chunk<V>)
    return new SortedMap(joinSmall(out), size)
  }

  /** Calls back for each key whose value is not the same reference in `other`, in key order. */
  forEachDifference(
    other: SortedMap<V>,
    callback: (key: string, mine: V | undefined, theirs: V | undefined) => void,
  ): void {
    const a = new Cursor(this.chunks)
    const b = new Cursor(other.chunks)
    for (;;) {
      while (a.offset === 0 && b.offset === 0 && a.chunk !== undefined && a.chunk === b.chunk) {
        a.nextChunk()
        b.nextChunk()
      }
      const { key: aKey, value: aValue } = a
      const { key: bKey, value: bValue } = b
      if (aKey === undefined && bKey === undefined) return
      if (bKey === undefined || (aKey !== undefined && aKey < bKey)) {
        callback(aKey as string, aValue, undefined)
        a.next()
      } else if (aKey === undefined || bKey < aKey) {
        callback(bKey, undefined, bValue)
        b.next()
      } else {
        if (aValue !== bValue) callback(aKey, aValue, bValue)
        a.next()
        b.next()
      }
    }
  }

  /** Index of the chunk that holds `key` or would: the last that does not start after it. */
  private chunkFor(key: string): number {
    let low = 0
    let high = this.chunks.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (((this.chunks[middle] as Chunk<V>).keys[0] as string) <= key) low = middle + 1
      else high = middle
    }
    return Math.max(0, low - 1)
  }
}

/** Walks the entries of a list of chunks. */
class Cursor<V> {
  offset = 0
  private index = 0

  constructor(private readonly chunks: readonly Chunk<V>[]) {}

  get chunk(): Chunk<V> | undefined {
    return this.chunks[this.index]
  }

  get key(): string | undefined {
    return this.chunk?.keys[this.offset]
  }

  get value(): V | undefined {
    return this.chunk?.values[this.offset]
  }

  next(): void {
    this.offset++
    if (this.chunk !== undefined && this.offset === this.chunk.keys.length) this.nextChunk()
  }

  nextChunk(): void {
    this.index++
    this.offset = 0
  }
}

/** The chunk after `changes[from..to)`, of any length. */
function merge<V>(chunk: Chunk<V>, changes: readonly Change<V>[], from: number, to: number): Chunk<V> {
  const keys: string[] = []
  const values: V[] = []
  let i = 0
  for (let j = from; j < to; j++) {
    const [key, value] = changes[j] as Change<V>
    for (; i < chunk.keys.length && (chunk.keys[i] as string) < key; i++) {
      keys.push(chunk.keys[i] as string)
      values.push(chunk.values[i] as V)
    }
    if (chunk.keys[i] === key) i++
    if (value !== undefined) {
      keys.push(key)
      values.push(value)
    }
  }
  for (; i < chunk.keys.length; i++) {
    keys.push(chunk.keys[i] as string)
    values.push(chunk.values[i] as V)
  }
  return { keys, values }
}

/** Adds `chunk` to `out`, in pieces if it is too long, not at all if it is empty. */
function pushCut<V>(out: Chunk<V>[], chunk: Chunk<V>): void {
  const { keys, values } = chunk
  if (keys.length === 0) return
  if (keys.length <= CHUNK_LIMIT) {
    out.push(chunk)
    return
  }
  for (let from = 0; from < keys.length; from += CHUNK_FILL)
    out.push({ keys: keys.slice(from, from + CHUNK_FILL), values: values.slice(from, from + CHUNK_FILL) })
}

/** Joins chunks that have become small with the one after them. */
function joinSmall<V>(chunks: readonly Chunk<V>[]): readonly Chunk<V>[] {
  const isSmall = (chunk: Chunk<V>, index: number): boolean =>
    index + 1 < chunks.length && chunk.keys.length < CHUNK_LOW
  if (!chunks.some(isSmall)) return chunks
  const out: Chunk<V>[] = []
  let carried: Chunk<V> | undefined
  chunks.forEach((chunk, index) => {
    const joined: Chunk<V> =
      carried === undefined
        ? chunk
        : { keys: [...carried.keys, ...chunk.keys], values: [...carried.values, ...chunk.values] }
    carried = isSmall(joined, index) ? joined : undefined
    if (carried === undefined) pushCut(out, joined)
  })
  return out
}

/** Index of the first key that is not less than `key`. */
function lowerBound(keys: readonly string[], key: string): number {
  let low = 0
  let high = keys.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((keys[middle] as string) < key) low = middle + 1
    else high = middle
  }
  return low
}
