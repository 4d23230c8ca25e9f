import type { ServerMessageOf } from '../../shared/protocol/serverMessages'
import type { ReplicaJournal } from './replicaJournal'
import type { ReplicaState } from './replicaState'

/**
 * Learns from an `opened` how far the server has the edits of one's clients: an update in flight that it never got is
 * pending again. False where the server has edits that were never sent from here, or has passed the one in flight:
 * the profile was restored from a backup, and only the whole content can tell what is in it.
 */
export function serverStandFits(
  state: ReplicaState,
  stands: ServerMessageOf<'opened'>['clients'],
  journal: Pick<ReplicaJournal, 'record'>,
): boolean {
  for (const { clientId, seq, version } of stands) {
    const inflight = state.inflight?.clientId === clientId ? state.inflight : undefined
    const committed = inflight !== undefined && seq === inflight.seq
    if (committed && version <= state.head.version) return false
    if (inflight !== undefined && !committed && seq >= inflight.first) return false
    const pending = state.pending.find((run) => run.clientId === clientId)
    if (pending !== undefined && seq >= pending.first) return false
    state.setAcknowledged(clientId, seq)
    if (inflight === undefined || committed) continue
    state.sendingFailed()
    journal.record({ kind: 'unsent' })
  }
  return true
}
