import type { Text } from '@codemirror/state'
import { ReplicaState, type ReceivedUpdates } from '../../../../src/client/replica/replicaState'
import type { Checkpoint, JournalEntry } from '../../../../src/client/cache/replicaCache'
import { otTypeOf } from '../../../../src/shared/ot/anyType'
import type { PageKind } from '../../../../src/shared/protocol/values'
import { textType } from '../../../../src/shared/ot/text'
import { firstHash, nextHash, sha256Hex, type Head, type Update } from '../../../../src/shared/update'
import { idOf } from '../../../lib/idOf'

export const ROOM = idOf('room')
export const PAGE = idOf('page')
export const [ME, OLD_ME, ADA, BOB] = [idOf('me'), idOf('me before'), idOf('ada'), idOf('bob')] as const
const SIGNATURE = 'A'.repeat(86)

/** The committed history of a text page, as a server would send it. */
export class PageLog {
  head: Head = { version: 0, hash: firstHash(ROOM, PAGE) }
  readonly #seqs = new Map<string, number>()

  /** Commits one op after another and gives the message that tells of them. */
  commit(...updates: [client: string, op: unknown, seq?: number][]): ReceivedUpdates {
    const from = this.head.version
    const made = updates.map(([clientId, op, asked]): Update => {
      const after = this.#seqs.get(clientId) ?? 0
      const seq = asked ?? after + 1
      this.#seqs.set(clientId, seq)
      const update = { clientId, after, seq, author: idOf('device'), time: 1, op }
      const version = this.head.version + 1
      this.head = { version, hash: nextHash(this.head.hash, version, update) }
      return update
    })
    return { from, updates: made, hash: this.head.hash, signature: SIGNATURE }
  }

  /** A history that goes another way from here. */
  fork(): PageLog {
    const fork = new PageLog()
    fork.head = this.head
    return fork
  }
}

/** A replica at version 0, or as stored. */
export function stateOf(
  checkpoint: Partial<Checkpoint> = {},
  journal: readonly JournalEntry[] = [],
  kind: PageKind = 'text',
): ReplicaState {
  return new ReplicaState(otTypeOf(kind), sha256Hex, 1_000, {
    checkpoint: {
      ...new PageLog().head,
      signedHead: undefined,
      snapshot: '',
      inflight: undefined,
      pending: [],
      acknowledged: [],
      ...checkpoint,
    },
    journal,
  })
}

export function textOf(state: ReplicaState): string {
  return textType.serialise(state.content as Text)
}

export const textSnapshot = (text: string): Text => textType.parseSnapshot(text)
