import { headText, nextHash, type Head, type SignedHead, type Update } from '../../shared/update'
import { InkroomError } from '../../shared/protocol/errors'
import type { AnyOtType } from '../../shared/ot/anyType'
import type { StoredUpdate } from '../storage/roomStore'
import type { DraftState } from './draftState'

/** Committed history that a client returns to a server restored from a backup. */
export interface ReturnedHistory {
  /** Head that both know, before the first of `updates`. */
  readonly after: Head
  readonly updates: readonly Update[]
  /** Head after the last, signed by the room when it was committed. */
  readonly head: SignedHead
}

/** Returned updates with the form their ops have by now. */
type Branch = readonly { readonly update: Update; readonly op: unknown }[]

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

  // A head that is known is in the log in memory, and so is what follows it.
  const since = draft.after(returned.after.version) ?? []
  const { type } = draft
  let branch: Branch = returned.updates.map((update) => ({ update, op: type.parseOp(update.op) }))
  const weightOf = (ops: readonly unknown[]): number =>
    ops.reduce<number>((sum, op) => sum + type.opWeight(op), 0)
  const work =
    since.length * weightOf(branch.map(({ op }) => op)) +
    branch.length * weightOf(since.map(({ update }) => update.op))
  if (work > MAX_WORK) throw unproven('too much was committed since')
  draft.work += work

  branch = spare(type, branch, since)
  for (const { update } of since) {
    const next = branch[0]
    if (next !== undefined && idOf(next.update) === idOf(update)) {
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

/**
 * What was acknowledged must not vanish in a purge that knew nothing of it: purges of what has changed since are left out
 * of the history. Where something was purged since that the history has changed, throws `history-unproven`: then it is a
 * draft at least.
 */
function spare({ spare: without }: AnyOtType, branch: Branch, since: readonly StoredUpdate[]): Branch {
  if (without === undefined) return branch
  const [known, returned] = [idsOf(since), idsOf(branch)]
  const added = since.filter(({ update }) => !returned.has(idOf(update))).map(({ update }) => update.op)
  const lost = branch.filter(({ update }) => !known.has(idOf(update))).map(({ op }) => op)
  if (without(added, lost).some((op, index) => op !== added[index]))
    throw unproven('what it has changed was purged since')
  const spared = without(
    branch.map(({ op }) => op),
    added,
  )
  return branch.map(({ update }, index) => ({ update, op: spared[index] }))
}

function idsOf(updates: readonly { readonly update: Update }[]): Set<string> {
  return new Set(updates.map(({ update }) => idOf(update)))
}

function idOf({ clientId, seq }: Update): string {
  return `${clientId} ${seq}`
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

function unproven(detail: string): InkroomError {
  return new InkroomError('history-unproven', `history handed back is refused: ${detail}`)
}
