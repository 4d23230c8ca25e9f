import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/**
 * One committed change of a page: what the log holds and what is broadcast.
 *
 * `seq` numbers the edits of one client on one page from 1. An update carries one or more consecutive edits
 * and has the number of its last one, so numbers of a client rise but may skip.
 */
export interface Update {
  readonly clientId: string
  /** Number of the client's last edit before this update, 0 for none: what an update holds is `after + 1` to `seq`. */
  readonly after: number
  /** Number of the last edit of that client inside this update, above `after`. */
  readonly seq: number
  /** Device that wrote it. */
  readonly author: string
  /** When the server committed it, milliseconds since 1970. */
  readonly time: number
  /** Op of the page's document type, in canonical form. */
  readonly op: unknown
}

/** A point in the history of one page: how many updates were committed, and the hash of all of them. */
export interface Head {
  readonly version: number
  /** 64 lower-case hex digits. */
  readonly hash: string
}

/** A head and the room key's signature of it (see {@link headText}), base64url. */
export interface SignedHead extends Head {
  readonly signature: string
}

/** SHA-256 as lower-case hex. The server may pass Node's faster one; results are equal. */
export type HashFunction = (text: string) => string

export const sha256Hex: HashFunction = (text) => bytesToHex(sha256(utf8ToBytes(text)))

/** Hash of version 0: a page has one history from its first moment on. */
export function firstHash(roomId: string, pageId: string, hash: HashFunction = sha256Hex): string {
  return hash(`inkroom-page-1\n${roomId}\n${pageId}`)
}

/**
 * hash(n) = SHA-256(hash(n-1) + "\n" + JSON of [version, clientId, after, seq, author, time, op]).
 * `version` is the version the update makes. The op is written in its canonical form.
 */
export function nextHash(
  previous: string,
  version: number,
  update: Update,
  hash: HashFunction = sha256Hex,
): string {
  const { clientId, after, seq, author, time, op } = update
  return hash(`${previous}\n${JSON.stringify([version, clientId, after, seq, author, time, op])}`)
}

/** The text whose Ed25519 signature by the room's key makes a head a {@link SignedHead}. */
export function headText(roomId: string, pageId: string, head: Head): string {
  return `inkroom-head-1\n${roomId}\n${pageId}\n${head.version}\n${head.hash}`
}
