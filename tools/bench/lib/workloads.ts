/** The edits that every engine is measured with. */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

/** Delete `deleted` units at `position`, then insert `inserted` there. */
export type Edit = readonly [position: number, deleted: number, inserted: string]

export interface Replay {
  /** Edits that the recording made at one moment, one after another. */
  readonly transactions: readonly (readonly Edit[])[]
  readonly endContent: string
}

export interface OfflineMerge {
  readonly base: string
  /** What each of two people did to `base` without hearing of the other. */
  readonly mine: readonly Edit[]
  readonly theirs: readonly Edit[]
}

const TRACES = new URL('../../../tests/fixtures/editing-traces/', import.meta.url)

/**
 * A recorded history of the fixtures. Their positions count code points; the sequential ones hold no character
 * outside the basic plane, so that these are UTF-16 units as well.
 */
export function recording(name: string): Replay {
  const file = gunzipSync(readFileSync(new URL(`${name}.json.gz`, TRACES))).toString('utf8')
  const trace = JSON.parse(file) as { endContent: string; txns: { patches: Edit[] }[] }
  return { transactions: trace.txns.map((txn) => txn.patches), endContent: trace.endContent }
}

/** mulberry32: the same numbers from 0 to 1 for the same seed. */
function random(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const WORDS = 'lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor'.split(' ')

function prose(length: number): string {
  const next = random(42)
  let text = ''
  while (text.length < length) text += WORDS[Math.floor(next() * WORDS.length)] + (next() < 0.1 ? '\n' : ' ')
  return text.slice(0, length)
}

/** Edits at random places: 80 % insert 1 to 8 units, 20 % delete as many. */
function scatteredEdits(seed: number, count: number, startLength: number): Edit[] {
  const next = random(seed)
  let length = startLength
  return Array.from({ length: count }, (): Edit => {
    if (next() < 0.2 && length > 20) {
      const deleted = 1 + Math.floor(next() * 8)
      const position = Math.floor(next() * (length - deleted))
      length -= deleted
      return [position, deleted, '']
    }
    const inserted = 'abcdefgh'.slice(0, 1 + Math.floor(next() * 8))
    const position = Math.floor(next() * (length + 1))
    length += inserted.length
    return [position, 0, inserted]
  })
}

/** `count` edits of each of two people on a text of `length` units. */
export function offlineMerge(length: number, count: number): OfflineMerge {
  const base = prose(length)
  return { base, mine: scatteredEdits(1, count, length), theirs: scatteredEdits(2, count, length) }
}
