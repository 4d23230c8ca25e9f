import { setImmediate } from 'node:timers/promises'
import { edit } from '../../../tools/lib/client/participant'
import type { Guest } from './ground'

/**
 * Types words `from` to `to` at the end of one's own line, a key at a time, giving way to the network after each key.
 * They are numbered, so that they can be found again, in order, whatever others do.
 */
export async function typeWords(guest: Guest, initial: string, to: number, from = 0): Promise<void> {
  for (let word = from; word < to; word++) {
    for (const key of `${initial}${word} `) {
      typeKey(guest, initial, key)
      await setImmediate()
    }
  }
}

/** The words of a person in a text, in the order in which they stand. */
export function wordsOf(text: string, initial: string): string[] {
  return text.split(/\s+/).filter((word) => word.startsWith(initial))
}

export function wordsTyped(initial: string, count: number): string[] {
  return Array.from({ length: count }, (_, word) => `${initial}${word}`)
}

/** The line that belongs to a person: everybody types at the end of one's own. */
export const lineOf = (initials: string): string => [...initials].map((initial) => `[${initial}] \n`).join('')

function typeKey({ page }: Guest, initial: string, key: string): void {
  const lines = page.content.iterLines()
  let end = 0
  for (const line of lines) {
    end += line.length
    if (line.startsWith(`[${initial}]`)) break
    end += 1
  }
  edit(page, end, end, key)
}
