import type { ClientMessageOf } from '../../shared/protocol/clientMessages'
import type { Head, SignedHead, Update } from '../../shared/update'
import type { LoggedUpdates } from '../cache/replicaCache'

/**
 * The messages that hand the history after `common`, up to the newest head the room has signed, back to a server
 * that has lost it. Empty where the log kept does not reach that far. Each is about `pieceLength` UTF-16 units.
 */
export function historyMessages(
  pageId: string,
  log: readonly LoggedUpdates[],
  common: Head,
  signedHead: SignedHead,
  pieceLength: number,
): ClientMessageOf<'handBack'>[] {
  const updates = updatesBetween(log, common.version, signedHead.version)
  if (updates === undefined || updates.length === 0) return []
  const pieces: Update[][] = [[]]
  let length = 0
  for (const update of updates) {
    const size = JSON.stringify(update).length
    if (length > 0 && length + size > pieceLength) {
      pieces.push([])
      length = 0
    }
    pieces.at(-1)?.push(update)
    length += size
  }
  return pieces.map((piece, index) => ({
    type: 'handBack',
    pageId,
    after: common,
    updates: piece,
    head: signedHead,
    more: index < pieces.length - 1,
  }))
}

/** Updates `from + 1` to `to`, undefined where the log has a gap there. */
function updatesBetween(log: readonly LoggedUpdates[], from: number, to: number): Update[] | undefined {
  const updates: Update[] = []
  for (const entry of log) {
    const skipped = Math.max(0, from + updates.length - entry.from)
    if (entry.from > from + updates.length) return undefined
    updates.push(...entry.updates.slice(skipped, to - entry.from))
  }
  return updates.length === to - from ? updates : undefined
}
