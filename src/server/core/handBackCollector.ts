import type { ClientMessageOf } from '../../shared/protocol/clientMessages'
import { InkroomError } from '../../shared/protocol/errors'
import type { Update } from '../../shared/update'
import type { ReturnedHistory } from '../authority/handBack'

/** Most updates one client hands back for one page: what is merged in a second. */
const MAX_UPDATES = 20_000

/** Joins the pieces in which a client hands history back, per page. */
export class HandBackCollector {
  readonly #pieces = new Map<string, Update[]>()

  /** The whole history once its last piece is here, else undefined. Throws InkroomError `history-unproven` when it is too long. */
  add(message: ClientMessageOf<'handBack'>): ReturnedHistory | undefined {
    const { pageId, after, head, more } = message
    const updates = [
      ...(this.#pieces.get(pageId) ?? []),
      ...message.updates.map((update): Update => ({ ...update, op: update.op })),
    ]
    this.#pieces.delete(pageId)
    if (updates.length > MAX_UPDATES) {
      throw new InkroomError('history-unproven', `at most ${MAX_UPDATES} updates are handed back at a time`)
    }
    if (!more) return { after, updates, head }
    this.#pieces.set(pageId, updates)
    return undefined
  }
}
