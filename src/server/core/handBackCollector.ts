import type { ClientMessageOf } from '../../shared/protocol/clientMessages'
import { InkroomError, type ErrorCode } from '../../shared/protocol/errors'
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
  /** Why nothing of this return is taken. */
  readonly refusal?: InkroomError
}

const NO_PIECES: Pieces = { updates: [], length: 0 }

/** Joins the pieces in which one session hands history back, per page. */
export class HandBackCollector {
  readonly #pieces = new Map<string, Pieces>()

  /**
   * The whole history once its last piece is here, else undefined. A return is answered once: the last piece throws
   * InkroomError `not-allowed` where one of them came from somebody who may not write, `history-unproven` where they are
   * too long together.
   */
  add(message: ClientMessageOf<'handBack'>, mayWrite: boolean): ReturnedHistory | undefined {
    const { pageId, after, head, more } = message
    const pieces = this.#joined(message, mayWrite)
    this.#pieces.delete(pageId)
    if (more) {
      this.#pieces.set(pageId, pieces)
      return undefined
    }
    if (pieces.refusal !== undefined) throw pieces.refusal
    return { after, updates: pieces.updates, head }
  }

  #joined({ pageId, updates: more }: ClientMessageOf<'handBack'>, mayWrite: boolean): Pieces {
    const before = this.#pieces.get(pageId) ?? NO_PIECES
    if (before.refusal !== undefined) return before
    if (!mayWrite) return refused('not-allowed', 'this role does not change the page')
    const updates = [...before.updates, ...more.map((update): Update => ({ ...update, op: update.op }))]
    const length = more.reduce((sum, { op }) => sum + lengthOf(op), before.length)
    const others = [...this.#pieces].flatMap(([id, pieces]) => (id === pageId ? [] : [pieces]))
    const allUpdates = others.reduce((sum, pieces) => sum + pieces.updates.length, updates.length)
    const allLength = others.reduce((sum, pieces) => sum + pieces.length, length)
    if (allUpdates <= MAX_UPDATES && allLength <= MAX_LENGTH) return { updates, length }
    const limits = `${MAX_UPDATES} updates of ${MAX_LENGTH} characters`
    return refused('history-unproven', `at most ${limits} are handed back at a time`)
  }
}

function refused(code: ErrorCode, detail: string): Pieces {
  return { ...NO_PIECES, refusal: new InkroomError(code, detail) }
}

/** Length of an op in JSON; 0 for none. */
function lengthOf(op: unknown): number {
  return op === undefined ? 0 : JSON.stringify(op).length
}
