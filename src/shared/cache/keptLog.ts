import type { Head } from '../update'
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

/** True where a log whose newest entry this is leads to `head`, so that it may be kept beside it. */
export function leadsTo(newest: LoggedUpdates | undefined, head: Head): boolean {
  return newest !== undefined && endOf(newest) === head.version && newest.hash === head.hash
}
