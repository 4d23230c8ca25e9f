import type { ClientMessageOf } from '../../shared/protocol/clientMessages'
import { InkroomError } from '../../shared/protocol/errors'
import type { Update } from '../../shared/update'
import type { ReturnedHistory } from '../authority/handBack'

/** Most updates one session hands back at a time: what is merged in a second. */
const MAX_UPDATES = 20_000
/** UTF-16 units of their ops in JSON. 64 Mi: twice the longest page, so that nobody fills the memory of a server. */
const MAX_LENGTH = 64 * 1024 * 1024

interface Pieces {
  readonly updates: readonly Update[]
  /** UTF-16 units. */
  readonly length: number
}

const NO_PIECES: Pieces = { updates: [], length: 0 }

/** Joins the pieces in which one session hands history back, per page. */
export class HandBackCollector {
  readonly #pieces = new Map<string, Pieces>()

  /** The whole history once its last piece is here, else undefined. Throws InkroomError `history-unproven` when it is too long. */
  add(message: ClientMessageOf<'handBack'>): ReturnedHistory | undefined {
    const { pageId, after, head, more } = message
    const before = this.#pieces.get(pageId) ?? NO_PIECES
    const updates = [
      ...before.updates,
      ...message.updates.map((update): Update => ({ ...update, op: update.op })),
    ]
    const length = message.updates.reduce((sum, { op }) => sum + lengthOf(op), before.length)
    this.#pieces.delete(pageId)
    const others = [...this.#pieces.values()]
    const allUpdates = others.reduce((sum, pieces) => sum + pieces.updates.length, updates.length)
    const allLength = others.reduce((sum, pieces) => sum + pieces.length, length)
    if (allUpdates > MAX_UPDATES || allLength > MAX_LENGTH) {
      const limits = `${MAX_UPDATES} updates of ${MAX_LENGTH} characters`
      throw new InkroomError('history-unproven', `at most ${limits} are handed back at a time`)
    }
    if (!more) return { after, updates, head }
    this.#pieces.set(pageId, { updates, length })
    return undefined
  }
}

/** Length of an op in JSON; 0 for none. */
function lengthOf(op: unknown): number {
  return op === undefined ? 0 : JSON.stringify(op).length
}
