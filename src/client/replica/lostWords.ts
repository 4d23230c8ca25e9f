import type { ReplicaJournal } from './replicaJournal'
import type { ReplicaOptions } from './replicaOptions'
import type { ReplicaState } from './replicaState'

/** Code of drafts that hold what was written into a shape that had been deleted and is forgotten. */
export const WRITTEN_INTO_PURGED = 'written-into-purged'

/**
 * What was written here into something that is forgotten becomes a draft, stored in one transaction with the state it is
 * gone from. Also after loading: the process may have ended before, and replaying the journal has found it again.
 * `restart`: a new checkpoint is needed in any case, the log before it does not lead to it.
 */
export function keepLostWords(
  { type, onDraft }: ReplicaOptions,
  state: ReplicaState,
  journal: ReplicaJournal,
  restart?: 'restart',
): void {
  const lost = state.takeLost()
  for (const content of lost) journal.draft(type.serialise(content), WRITTEN_INTO_PURGED, restart)
  if (lost.length > 0) onDraft()
  else if (restart !== undefined) journal.checkpoint(restart)
}
