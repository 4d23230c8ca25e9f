import type { ServerMessageOf } from '../../shared/protocol/serverMessages'
import type { StoredUpdate } from '../storage/roomStore'

/** An `updates` message as it goes out, and the versions it leads from and to. */
export interface UpdateFrame {
  readonly from: number
  readonly to: number
  readonly text: string
}

/**
 * Encodes consecutive updates once for all receivers, in frames of about `pieceLength` UTF-16 units at most (a
 * single longer update has a frame of its own). `signature` is of the last update's head and goes with the last.
 */
export function encodeUpdates(
  pageId: string,
  updates: readonly StoredUpdate[],
  signature: string | undefined,
  pieceLength: number,
): UpdateFrame[] {
  const frames: UpdateFrame[] = []
  let piece: string[] = []
  let length = 0
  let from = (updates[0]?.version ?? 1) - 1
  updates.forEach((stored, index) => {
    const text = JSON.stringify(stored.update)
    piece.push(text)
    length += text.length
    const last = index === updates.length - 1
    if (!last && length < pieceLength) return
    frames.push({
      from,
      to: stored.version,
      text: frameText(pageId, from, piece, stored.hash, last ? signature : undefined),
    })
    from = stored.version
    piece = []
    length = 0
  })
  return frames
}

function frameText(
  pageId: string,
  from: number,
  updates: readonly string[],
  hash: string,
  signature: string | undefined,
): string {
  const head: Omit<ServerMessageOf<'updates'>, 'updates'> = {
    type: 'updates',
    pageId,
    from,
    hash,
    ...(signature && { signature }),
  }
  return `${JSON.stringify(head).slice(0, -1)},"updates":[${updates.join(',')}]}`
}
