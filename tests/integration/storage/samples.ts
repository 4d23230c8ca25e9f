import type { PageAppend, StoredRoom, StoredUpdate } from '../../../src/server/storage/roomStore'
import { firstHash, nextHash, type Head, type Update } from '../../../src/shared/update'
import { idOf } from '../../lib/idOf'

export { idOf }

/** Has the form of a signature; storage does not verify it. */
export const SIGNATURE = 'A'.repeat(86)

export function sampleRoom(name: string, createdAt = 1000): StoredRoom {
  const key = 'k'.repeat(43)
  const roomId = idOf(name)
  return { roomId, publicKey: key, privateKey: key, title: name, owner: idOf('owner'), createdAt, open: true }
}

export function sampleUpdate(seq: number, op: unknown = [`edit ${seq}`], client = 'alice'): Update {
  return { clientId: idOf(client), after: seq - 1, seq, author: idOf('device'), time: 1000 + seq, op }
}

/** Hash-chained history of one page, growing by appends. */
export class SampleHistory {
  head: Head

  constructor(
    readonly roomId: string,
    readonly pageId: string,
  ) {
    this.head = { version: 0, hash: firstHash(roomId, pageId) }
  }

  /** The next append; the caller hands it to the store. */
  next(...updates: Update[]): PageAppend {
    const { roomId, pageId, head: after } = this
    const stored: StoredUpdate[] = []
    for (const update of updates) {
      const version = this.head.version + 1
      const hash = nextHash(this.head.hash, version, update)
      this.head = { version, hash }
      stored.push({ version, hash, update })
    }
    const clients = stored.map(({ version, update: { clientId, author, seq } }) => {
      return { clientId, author, seq, version, digest: `digest ${seq}` }
    })
    return {
      roomId,
      pageId,
      kind: 'text',
      after,
      updates: stored,
      head: { ...this.head, signature: SIGNATURE },
      clients,
    }
  }

  /** The next `count` updates of one client, one by one in one append. */
  nextMany(count: number): PageAppend {
    const { version } = this.head
    return this.next(...Array.from({ length: count }, (_, index) => sampleUpdate(version + index + 1)))
  }
}
