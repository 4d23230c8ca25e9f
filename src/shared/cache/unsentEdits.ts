import type { CheckpointHead } from './cacheSchemas'
import type { JournalEntry } from './replicaCache'

/**
 * Which clients have edits in a replica that no server has committed: their ids with the seq of the newest such
 * edit. A replica with any holds words that exist nowhere else. Caches keep it per replica, so that a claim need
 * not read journals.
 */
export type UnsentEdits = ReadonlyMap<string, number>

/** What a checkpoint holds of unsent edits. */
export function unsentOf(
  checkpoint: Pick<CheckpointHead, 'inflight' | 'pending' | 'acknowledged'>,
): UnsentEdits {
  const unsent = new Map<string, number>()
  const runs =
    checkpoint.inflight === undefined ? checkpoint.pending : [checkpoint.inflight, ...checkpoint.pending]
  for (const run of runs) raise(unsent, run.clientId, run.seq)
  for (const [clientId, seq] of checkpoint.acknowledged) settle(unsent, clientId, seq)
  return unsent
}

/** `unsent` after further entries of the journal. The same map where they change nothing. */
export function unsentAfter(unsent: UnsentEdits, entries: readonly JournalEntry[]): UnsentEdits {
  const next = new Map(unsent)
  let changed = false
  for (const entry of entries) {
    if (entry.kind === 'edit') {
      raise(next, entry.clientId, entry.seq)
      changed = true
    } else if (entry.kind === 'updates') {
      for (const update of entry.updates) changed = settle(next, update.clientId, update.seq) || changed
    }
  }
  return changed ? next : unsent
}

function raise(unsent: Map<string, number>, clientId: string, seq: number): void {
  unsent.set(clientId, Math.max(seq, unsent.get(clientId) ?? 0))
}

function settle(unsent: Map<string, number>, clientId: string, committed: number): boolean {
  const newest = unsent.get(clientId)
  return newest !== undefined && newest <= committed && unsent.delete(clientId)
}
