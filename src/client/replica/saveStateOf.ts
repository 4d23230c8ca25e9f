import type { SaveState } from '../status'
import type { Link } from './link'
import type { ReplicaState } from './replicaState'

/** How safe a replica's edits are. */
export function saveStateOf(
  { head, unsent }: ReplicaState,
  link: Link,
  loaded: boolean,
  problem: string | undefined,
): SaveState {
  const live = link.phase === 'live' && head.version >= link.until
  return { version: head.version, unsent, loaded, synced: live && unsent === 0, problem }
}

const KEYS = ['version', 'unsent', 'loaded', 'synced', 'problem'] as const

/** True where nobody has to be told. */
export function isSameSaveState(a: SaveState, b: SaveState): boolean {
  return KEYS.every((key) => a[key] === b[key])
}
