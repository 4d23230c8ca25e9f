import type { ServerLimits } from '../serverLimits'

/** How long deleted records are kept, milliseconds. `isMost`: they are most of a large board. */
export function keepDeletedFor(limits: ServerLimits, isMost: boolean): number {
  return isMost ? Math.min(limits.keepMostlyDeletedMs, limits.keepDeletedMs) : limits.keepDeletedMs
}

/** How long updates are kept, milliseconds: not longer than what was deleted, which they still hold. */
export function keepLogFor(limits: ServerLimits): number {
  return Math.min(limits.keepLogMs, limits.keepDeletedMs)
}
