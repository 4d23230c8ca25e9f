import type { Clock } from '../../shared/clock'
import type { ClientMessageOf } from '../../shared/protocol/clientMessages'
import { InkroomError, type ErrorCode } from '../../shared/protocol/errors'
import type { Update } from '../../shared/update'
import type { ReturnedHistory } from '../authority/handBack'
import type { HandBackBudget } from './handBackBudget'
import type { ServerLimits } from './serverLimits'

/** Most updates one session hands back at a time: what is merged in a second. */
const MAX_UPDATES = 20_000
/** UTF-16 units of their ops in JSON. 64 Mi: twice the longest page, so that nobody fills the memory of a server. */
const MAX_LENGTH = 64 * 1024 * 1024
/** What an update takes of the budget beside its op, UTF-16 units: ids, numbers, and what holds them together. */
const UPDATE_LENGTH = 256

export interface HandBackOptions {
  readonly budget: HandBackBudget
  readonly clock: Clock
  readonly limits: Pick<ServerLimits, 'handBackTimeoutMs'>
}

interface Pieces {
  readonly updates: readonly Update[]
  /** UTF-16 units of their ops. */
  readonly length: number
  /** Why nothing of this return is taken. */
  readonly refusal?: InkroomError
}

const NO_PIECES: Pieces = { updates: [], length: 0 }

/** Joins the pieces in which one session hands history back, per page. What waits is taken from the server's budget. */
export class HandBackCollector {
  readonly #pieces = new Map<string, Pieces>()
  readonly #cancels = new Map<string, () => void>()

  constructor(private readonly options: HandBackOptions) {}

  /**
   * The whole history once its last piece is here, else undefined. A return is answered once: the last piece throws
   * InkroomError `not-allowed` where one of them came from somebody who may not write, `history-unproven` where they are
   * too long together, for the server beside those of others, or took too long to come.
   */
  add(message: ClientMessageOf<'handBack'>, mayWrite: boolean): ReturnedHistory | undefined {
    const { pageId, after, head, more } = message
    const pieces = this.#joined(message, mayWrite)
    this.#put(pageId, pieces)
    if (more) {
      if (!this.#cancels.has(pageId)) this.#expireLater(pageId)
      return undefined
    }
    this.drop(pageId)
    if (pieces.refusal !== undefined) throw pieces.refusal
    return { after, updates: pieces.updates, head }
  }

  /** Forgets the pieces of a page. */
  drop(pageId: string): void {
    this.#put(pageId, NO_PIECES)
    this.#pieces.delete(pageId)
    this.#cancels.get(pageId)?.()
    this.#cancels.delete(pageId)
  }

  /** Forgets all pieces. */
  end(): void {
    for (const pageId of [...this.#pieces.keys()]) this.drop(pageId)
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
    const limits = `${MAX_UPDATES} updates of ${MAX_LENGTH} characters`
    if (allUpdates > MAX_UPDATES || allLength > MAX_LENGTH)
      return refused('history-unproven', `at most ${limits} are handed back at a time`)
    const pieces = { updates, length }
    return this.options.budget.take(costOf(pieces) - costOf(before))
      ? pieces
      : refused('history-unproven', 'others hand back so much that there is no room for more')
  }

  /** Replaces the pieces of a page; what is not there any more goes back to the budget. */
  #put(pageId: string, pieces: Pieces): void {
    const before = this.#pieces.get(pageId) ?? NO_PIECES
    this.#pieces.set(pageId, pieces)
    const freed = costOf(before) - costOf(pieces)
    if (freed > 0) this.options.budget.free(freed)
  }

  #expireLater(pageId: string): void {
    const { clock, limits } = this.options
    const cancel = clock.after(limits.handBackTimeoutMs, () => {
      this.#put(pageId, refused('history-unproven', 'its pieces took too long to come'))
    })
    this.#cancels.set(pageId, cancel)
  }
}

/** What pieces take of the budget, UTF-16 units. */
function costOf({ updates, length }: Pieces): number {
  return length + updates.length * UPDATE_LENGTH
}

function refused(code: ErrorCode, detail: string): Pieces {
  return { ...NO_PIECES, refusal: new InkroomError(code, detail) }
}

/** Length of an op in JSON; 0 for none. */
function lengthOf(op: unknown): number {
  return op === undefined ? 0 : JSON.stringify(op).length
}
