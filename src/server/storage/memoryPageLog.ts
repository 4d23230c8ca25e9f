import type { Head } from '../../shared/update'
import type { StoredUpdate } from './roomStore'

/** The log of one page at one moment. */
export interface MemoryPageLog {
  /** Where the log starts; undefined hash at version 0. */
  readonly start: { readonly version: number; readonly hash: string | undefined }
  readonly log: readonly StoredUpdate[]
  /** Heads of updates that are forgotten. */
  readonly forgotten: readonly Head[]
}

export function hashIn({ start, log }: MemoryPageLog, version: number): string | undefined {
  return version === start.version ? start.hash : log[version - start.version - 1]?.hash
}

export function isHeadOf(page: MemoryPageLog, { version, hash }: Head): boolean {
  if (version >= page.start.version) return hashIn(page, version) === hash
  return page.forgotten.some((head) => head.version === version && head.hash === hash)
}

/** The log without the updates up to a version; the same where that is not in it. */
export function withoutUpdates({ start, log, forgotten }: MemoryPageLog, version: number): MemoryPageLog {
  const hash = log.find((update) => update.version === version)?.hash
  if (hash === undefined) return { start, log, forgotten }
  const passed = [start, ...log].flatMap((head) =>
    head.hash !== undefined && head.version < version ? [{ version: head.version, hash: head.hash }] : [],
  )
  return {
    start: { version, hash },
    log: log.filter((update) => update.version > version),
    forgotten: [...forgotten, ...passed],
  }
}
