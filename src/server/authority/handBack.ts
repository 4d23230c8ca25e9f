import { headText, nextHash, type Head, type SignedHead, type Update } from '../../shared/update'
import { InkroomError } from '../../shared/protocol/errors'
import type { DraftState } from './draftState'

/** Committed history that a client returns to a server restored from a backup. */
export interface ReturnedHistory {
  /** Head that both know, before the first of `updates`. */
  readonly after: Head
  readonly updates: readonly Update[]
  /** Head after the last, signed by the room when it was committed. */
  readonly head: SignedHead
}

/** True if the room's key signed this text. */
export type VerifyRoom = (text: string, signature: string) => boolean

/** Bound of the work of transforming, in parts of text ops gone through: about a second. */
const MAX_WORK = 4_000_000

/**
 * Merges returned history into a page: true history only, each update once.
 *
 * The signature proves that the room committed exactly these updates after `after`. Where nothing was committed
 * since, they are appended as they were and have their old hashes. Otherwise they are concurrent with what was
 * committed since, and each is transformed over it; those that another client has returned already are recognised
 * by their ids: both returns hold one linear history, so the known ones come first and in order, and the log's form
 * of them counts.
 *
 * Throws InkroomError `history-unproven` where history does not join on, is not signed, or would cost too much.
 */
export function mergeReturned(
  draft: DraftState,
  returned: ReturnedHistory,
  roomId: string,
  pageId: string,
  verifyRoom: VerifyRoom,
): void {
  if (draft.hashAt(returned.after.version) !== returned.after.hash)
    throw unproven('it does not follow a head known here')
  checkChain(draft, returned)
  if (!verifyRoom(headText(roomId, pageId, returned.head), returned.head.signature))
    throw unproven('the room did not sign it')

  const since = draft.after(returned.after.version) ?? []
  const { type } = draft
  let branch = returned.updates.map((update) => ({ update, op: type.parseOp(update.op) }))
  const weightOf = (ops: readonly unknown[]): number =>
    ops.reduce<number>((sum, op) => sum + type.opWeight(op), 0)
  const work =
    since.length * weightOf(branch.map(({ op }) => op)) +
    branch.length * weightOf(since.map(({ update }) => update.op))
  if (work > MAX_WORK) throw unproven('too much was committed since')
  draft.work += work
  for (const { update } of since) {
    const next = branch[0]
    if (next !== undefined && isSame(next.update, update)) {
      branch = branch.slice(1)
      continue
    }
    let other = update.op
    branch = branch.map((entry) => {
      const [otherAfter, op] = type.transformBoth(other, entry.op)
      other = otherAfter
      return { update: entry.update, op }
    })
  }
  for (const { update, op } of branch) {
    const stand = draft.stand(update.clientId)
    if (update.after !== (stand?.seq ?? 0)) throw unproven('its edits are known here in other updates')
    draft.add({ ...update, op }, type.apply(draft.snapshot, op), '')
  }
}

function checkChain(draft: DraftState, returned: ReturnedHistory): void {
  let { version, hash } = returned.after
  for (const update of returned.updates) {
    version += 1
    hash = nextHash(hash, version, update, draft.hash)
  }
  if (version !== returned.head.version || hash !== returned.head.hash)
    throw unproven('its hashes do not lead to its head')
}

function isSame(a: Update, b: Update): boolean {
  return a.clientId === b.clientId && a.seq === b.seq
}

function unproven(detail: string): InkroomError {
  return new InkroomError('history-unproven', `history handed back is refused: ${detail}`)
}
