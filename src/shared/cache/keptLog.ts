import type { LoggedUpdates } from './replicaCache'

/** Version a log entry leads to. */
export function endOf(entry: Pick<LoggedUpdates, 'from' | 'updates'>): number {
  return entry.from + entry.updates.length
}

/** The newest entries that follow one another without a gap, oldest first. */
export function contiguousEnd<T extends Pick<LoggedUpdates, 'from' | 'updates'>>(entries: readonly T[]): T[] {
  let start = entries.length
  while (start > 0) {
    const entry = entries[start - 1]
    const next = entries[start]
    if (entry === undefined || (next !== undefined && endOf(entry) !== next.from)) break
    start -= 1
  }
  return entries.slice(start)
}
