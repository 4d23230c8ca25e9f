import { OtError } from '../../shared/ot/otType'
import { parsePlace, transformPlace, type Place } from '../../shared/ot/places'
import type { ErrorCode } from '../../shared/protocol/errors'
import type { DraftState } from './draftState'

/** An update as a client submits it: `op` starts at the head (`version`, `hash`). */
export interface Submission {
  readonly clientId: string
  readonly after: number
  readonly seq: number
  readonly version: number
  readonly hash: string
  /** Parsed by nobody yet. */
  readonly op: unknown
  /** The author's place after the op; parsed by nobody yet. */
  readonly place?: unknown
  /** Device of the session that submits. */
  readonly author: string
  /** Whether the session's role lets it change the page. A resend of what is committed is answered all the same. */
  readonly isAllowed: boolean
  /** Whether what was changed since the head that `op` starts at is not to be forgotten by it: of the room's own purges. */
  readonly spares?: boolean
}

export interface PageLimits {
  /** Longest op, UTF-16 units of its JSON text. */
  readonly maxOpLength: number
  /** Longest page, UTF-16 units of its serialised content. */
  readonly maxPageLength: number
  /** Most work of transforming one submission, in parts of text ops; see `ServerLimits`. */
  readonly maxTransformWork: number
}

export type Outcome =
  | { readonly result: 'committed'; readonly version: number; readonly place: Place<unknown> | null }
  /** Committed before, at this version. */
  | { readonly result: 'known'; readonly version: number }
  /** The client has to catch up and submit again on a newer head. */
  | { readonly result: 'outdated'; readonly detail: string }
  /** Storing failed: nothing was committed, and the client may try again. */
  | { readonly result: 'notStored' }
  | { readonly result: 'rejected'; readonly code: ErrorCode; readonly detail: string }

/**
 * What a page refuses beyond what its type does: page list limits, for example. Undefined: allowed. `op` is what leads
 * from `before` to `after`, so that a rule need not look at more than it touches; `author` is who submits it.
 */
export type PageRule = (
  before: unknown,
  after: unknown,
  op: unknown,
  author: string,
) => { readonly code: ErrorCode; readonly detail: string } | undefined

/**
 * Rungs 1 to 6 of the submit ladder (docs/SPEC.md, section Submit; the idea of a short ladder over a log with
 * compare-and-set is sharedb's submit-request.js). A committed update is added to `draft`.
 */
export function admit(
  draft: DraftState,
  submission: Submission,
  limits: PageLimits,
  rule: PageRule,
  time: number,
): Outcome {
  const stand = draft.stand(submission.clientId)
  if (stand !== undefined && stand.author !== submission.author) {
    return reject('client-taken', 'this client id belongs to another device')
  }
  const digest = digestOf(draft, submission)
  if (stand !== undefined && submission.seq <= stand.seq) {
    if (submission.seq < stand.seq) return outdated('later edits of this client are committed')
    const same = stand.digest === '' || stand.digest === digest
    return same
      ? { result: 'known', version: stand.version }
      : reject('update-conflict', 'this seq was committed with another op')
  }
  if (submission.after !== (stand?.seq ?? 0)) {
    return outdated(`the newest edit here is ${stand?.seq ?? 0}, the update follows ${submission.after}`)
  }
  if (!submission.isAllowed) return reject('not-allowed', 'this role does not change the page')
  if (submission.after >= submission.seq) return reject('op-malformed', 'seq must be above after')
  if (draft.hashAt(submission.version) !== submission.hash) {
    return outdated(`version ${submission.version} with this hash is not in the recent history here`)
  }
  try {
    return transformAndAdd(draft, submission, limits, rule, time, digest)
  } catch (error) {
    if (!(error instanceof OtError)) throw error
    return reject(error.code === 'op-unfit' ? 'op-unfit' : 'op-malformed', error.message)
  }
}

/** Rungs 3 to 6: within the limits, transformed over what was committed since, fitting. Throws OtError. What it costs is added to the draft's work. */
function transformAndAdd(
  draft: DraftState,
  submission: Submission,
  limits: PageLimits,
  rule: PageRule,
  time: number,
  digest: string,
): Outcome {
  const { type } = draft
  let op = type.parseOp(submission.op)
  if (type.opLength(op) > limits.maxOpLength) {
    return reject('op-too-large', `an op has at most ${limits.maxOpLength} characters`)
  }
  let place =
    submission.place === undefined || submission.place === null ? null : parsePlace(type, submission.place)
  draft.work += type.opWeight(op)
  const enough = draft.work + limits.maxTransformWork
  const since = draft.after(submission.version) ?? []
  if (submission.spares === true) {
    const others = since.map(({ update }) => update.op)
    op = type.spare?.([op], others)[0] ?? op
  }
  for (const { update } of since) {
    draft.work += type.opWeight(op) + type.opWeight(update.op) * (1 + (place?.length ?? 0))
    if (draft.work > enough) return outdated('it would take too long to transform: submit it on a newer head')
    const [other, mine] = type.transformBoth(update.op, op)
    op = mine
    if (place !== null) place = transformPlace(type, place, other)
  }
  type.check(draft.snapshot, op)
  const snapshot = type.apply(draft.snapshot, op)
  if (
    type.snapshotLength(snapshot) > limits.maxPageLength &&
    type.snapshotLength(snapshot) > type.snapshotLength(draft.snapshot)
  ) {
    return reject('page-too-large', `a page has at most ${limits.maxPageLength} characters`)
  }
  const refused = rule(draft.snapshot, snapshot, op, submission.author)
  if (refused !== undefined) return reject(refused.code, refused.detail)
  const { clientId, after, seq, author } = submission
  const { version } = draft.add({ clientId, after, seq, author, time, op }, snapshot, digest)
  return { result: 'committed', version, place }
}

/** What makes two submissions the same one. */
function digestOf(draft: DraftState, submission: Submission): string {
  const { clientId, after, seq, version, op } = submission
  return draft.hash(JSON.stringify([clientId, after, seq, version, op]))
}

function outdated(detail: string): Outcome {
  return { result: 'outdated', detail }
}

function reject(code: ErrorCode, detail: string): Outcome {
  return { result: 'rejected', code, detail }
}
