import { createHash } from 'node:crypto'
import type { PageAppend, StoredUpdate } from '../../../src/server/storage/roomStore'
import type { Checkpoint, JournalEntry } from '../../../src/shared/cache/replicaCache'
import { toBase32 } from '../../../src/shared/identity/encoding'
import { firstHash, nextHash, type Head } from '../../../src/shared/update'

export const idOf = (name: string): string =>
  toBase32(createHash('sha256').update(name).digest().subarray(0, 20))

const SIGNATURE = 'A'.repeat(86)
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Appends to one page, each update a word typed by one client. */
export class SamplePage {
  head: Head

  constructor(
    readonly roomId: string,
    readonly pageId: string,
  ) {
    this.head = { version: 0, hash: firstHash(roomId, pageId, sha256) }
  }

  next(count: number): PageAppend {
    const { roomId, pageId, head: after } = this
    const updates: StoredUpdate[] = []
    for (let index = 0; index < count; index += 1) {
      const version = this.head.version + 1
      const update = {
        clientId: idOf('client'),
        after: version - 1,
        seq: version,
        author: idOf('device'),
        time: 1_700_000_000_000 + version,
        op: [version, 'word '],
      }
      this.head = { version, hash: nextHash(this.head.hash, version, update, sha256) }
      updates.push({ version, hash: this.head.hash, update })
    }
    const { version, hash } = this.head
    const stand = { clientId: idOf('client'), author: idOf('device'), seq: version, version, digest: hash }
    return {
      roomId,
      pageId,
      kind: 'text',
      after,
      updates,
      head: { ...this.head, signature: SIGNATURE },
      clients: [stand],
    }
  }
}

export const sampleEdit = (seq: number): JournalEntry => ({
  kind: 'edit',
  clientId: idOf('client'),
  seq,
  op: [seq, 'x'],
})

export const sampleCheckpoint = (snapshot: string): Checkpoint => ({
  version: 0,
  hash: '0'.repeat(64),
  signedHead: undefined,
  snapshot,
  inflight: undefined,
  pending: [],
  acknowledged: [],
})

/** Text of so many UTF-16 units. */
export const sampleText = (length: number): string =>
  'Grüße an alle. '.repeat(Math.ceil(length / 15)).slice(0, length)
