import type { Checkpoint, Draft, JournalEntry, LoggedUpdates } from '../../../src/shared/cache/replicaCache'
import type { Update } from '../../../src/shared/update'
import { idOf, sampleUpdate, SIGNATURE } from './samples'

/** A hash of the right form, the same for the same version. */
export function hashOf(version: number): string {
  return version.toString(16).padStart(64, '0')
}

/** A replica at `version` without edits of its own. */
export function sampleCheckpoint(version = 0, snapshot = `content ${version}`): Checkpoint {
  const hash = hashOf(version)
  const signedHead = version === 0 ? undefined : { version, hash, signature: SIGNATURE }
  return { version, hash, signedHead, snapshot, inflight: undefined, pending: [], acknowledged: [] }
}

export function sampleEdit(seq: number, op: unknown = [seq, 'word'], client = 'me'): JournalEntry {
  return { kind: 'edit', clientId: idOf(client), seq, op }
}

/** Committed updates of somebody else, or given ones. */
export function sampleUpdates(from: number, updates: Update[] | number = 1): LoggedUpdates {
  const list =
    typeof updates === 'number'
      ? Array.from({ length: updates }, (_, index) => sampleUpdate(from + index + 1))
      : updates
  return { from, updates: list, hash: hashOf(from + list.length), signature: SIGNATURE }
}

export function updatesEntry(logged: LoggedUpdates): JournalEntry {
  return { kind: 'updates', ...logged }
}

export function sampleDraft(name: string, roomId: string, time: number): Draft {
  return {
    draftId: idOf(name),
    roomId,
    pageId: idOf('page'),
    code: 'not-allowed',
    content: `of ${name}`,
    kind: 'text',
    time,
  }
}
