import type { AnyOtType } from '../../shared/ot/anyType'
import { OtError } from '../../shared/ot/otType'
import { InkroomError } from '../../shared/protocol/errors'
import type { PageKind } from '../../shared/protocol/values'
import { headText, type HashFunction, type SignedHead } from '../../shared/update'
import type { PageAppend, StoredPage, StoredSnapshot, StoredUpdate } from '../storage/roomStore'
import { DraftState } from './draftState'
import { mergeReturned, type ReturnedHistory, type VerifyRoom } from './handBack'
import { admit, type Outcome, type PageLimits, type PageRule, type Submission } from './ladder'
import { advance, loadPageState, type PageState } from './pageState'

export interface PageAuthorityOptions {
  readonly type: AnyOtType
  readonly kind: PageKind
  readonly roomId: string
  readonly pageId: string
  readonly stored: StoredPage | undefined
  readonly limits: PageLimits
  readonly rule: PageRule
  readonly hash: HashFunction
  /** Signs with the room's key. */
  readonly sign: (text: string) => string
  readonly verify: VerifyRoom
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Updates kept in memory to transform over; a client further behind catches up first. */
  readonly keepRecent: number
  /** UTF-16 units of their ops at the most. */
  readonly maxRecentLength: number
  /** Told when there is something to {@link PageAuthority.prepare}. */
  readonly wake: () => void
  readonly onError: (error: unknown) => void
}

/** What was committed in one batch of one page, in order. */
export interface Committed {
  readonly from: number
  readonly updates: readonly StoredUpdate[]
  readonly head: SignedHead
}

type Task =
  | { readonly kind: 'submit'; readonly submission: Submission; readonly done: (outcome: Outcome) => void }
  | {
      readonly kind: 'handBack'
      readonly returned: ReturnedHistory
      readonly done: (error: InkroomError | undefined) => void
    }
  | { readonly kind: 'barrier'; readonly run: () => void }

/** A batch worked out and not yet stored. */
export interface PreparedBatch {
  /** Undefined where nothing has to be stored. */
  readonly append: PageAppend | undefined
  readonly draft: DraftState
  /** What to tell, in the order of arrival, once the batch is stored. */
  readonly answers: readonly (() => void)[]
  /** The same tasks, to tell that storing failed. */
  readonly failures: readonly (() => void)[]
  /** True where more is queued than could be worked out without keeping others waiting. */
  readonly isPart: boolean
}

/**
 * Orders one page: the only place where its versions are made. Submissions queue up; `prepare` works a batch out
 * without changing anything, the committer stores it, then `committed` or `failed` makes it so.
 */
export class PageAuthority {
  readonly pageId: string
  readonly kind: PageKind
  readonly type: AnyOtType
  readonly #options: PageAuthorityOptions
  #state: PageState
  #tasks: Task[] = []
  #listener: (committed: Committed) => void = () => undefined
  #snapshotVersion: number
  #storing = 0

  /** Throws OtError where what is stored does not fit together. */
  constructor(options: PageAuthorityOptions) {
    this.#options = options
    this.pageId = options.pageId
    this.kind = options.kind
    this.type = options.type
    this.#state = loadPageState(options.type, options.roomId, options.pageId, options.stored, options.hash)
    this.#snapshotVersion = options.stored?.snapshot?.version ?? 0
  }

  /** What is durable now. */
  get state(): PageState {
    return this.#state
  }

  /** Sets who is told of every committed batch, before the answers to its authors. */
  onCommitted(listener: (committed: Committed) => void): void {
    this.#listener = listener
  }

  /** Queues a submission. `done` is called when its outcome is durable. */
  submit(submission: Submission, done: (outcome: Outcome) => void): void {
    this.#queue({ kind: 'submit', submission, done })
  }

  /** Queues returned history. `done` gets why it was refused. */
  handBack(returned: ReturnedHistory, done: (error: InkroomError | undefined) => void): void {
    this.#queue({ kind: 'handBack', returned, done })
  }

  /** Runs `run` when everything queued before has been committed or refused. */
  afterQueued(run: () => void): void {
    this.#queue({ kind: 'barrier', run })
  }

  /** True while something is queued or being stored: the page must not be loaded a second time meanwhile. */
  get busy(): boolean {
    return this.#tasks.length > 0 || this.#storing > 0
  }

  /** Works out what is queued, as much of it as may keep others waiting. The state stays as it is. */
  prepare(): PreparedBatch {
    this.#storing += 1
    const draft = new DraftState(this.type, this.#state, this.#options.hash)
    const answers: (() => void)[] = []
    const failures: (() => void)[] = []
    for (const task of this.#tasks) {
      if (draft.work > this.#options.limits.maxTransformWork) break
      answers.push(this.#work(task, draft))
      failures.push(() => tellFailure(task))
    }
    this.#tasks = this.#tasks.slice(answers.length)
    return { append: this.#appendOf(draft), draft, answers, failures, isPart: this.#tasks.length > 0 }
  }

  /** The batch is durable: it becomes the state, everybody is told, then its authors get their answers. */
  committed(batch: PreparedBatch): void {
    this.#storing -= 1
    const { append, draft } = batch
    if (append !== undefined) {
      const from = this.#state.head.version
      const { snapshot, updates, clients } = draft
      this.#state = advance(
        this.#state,
        { snapshot, updates, clients, signedHead: append.head },
        { updates: this.#options.keepRecent, length: this.#options.maxRecentLength },
      )
      this.#listener({ from, updates, head: append.head })
    }
    for (const answer of batch.answers) answer()
  }

  /** The batch could not be stored: the page stays at its durable state. */
  failed(batch: PreparedBatch): void {
    this.#storing -= 1
    for (const tell of batch.failures) tell()
  }

  /** A snapshot to store, undefined where fewer than `minUpdates` updates came since the last one; 0: in any case. */
  takeSnapshot(minUpdates: number): StoredSnapshot | undefined {
    const { head, snapshot } = this.#state
    if (head.version - this.#snapshotVersion < minUpdates) return undefined
    this.#snapshotVersion = head.version
    return { version: head.version, hash: head.hash, text: this.type.serialise(snapshot) }
  }

  #queue(task: Task): void {
    this.#tasks.push(task)
    this.#options.wake()
  }

  #work(task: Task, draft: DraftState): () => void {
    switch (task.kind) {
      case 'barrier':
        return task.run
      case 'submit': {
        const outcome = this.#admit(draft, task.submission)
        return () => task.done(outcome)
      }
      case 'handBack': {
        const error = this.#mergeReturned(draft, task.returned)
        return () => task.done(error)
      }
    }
  }

  /** A submission that trips over an error of ours is refused alone: its neighbours in the batch go on. */
  #admit(draft: DraftState, submission: Submission): Outcome {
    const { limits, rule, now, onError } = this.#options
    try {
      return admit(draft, submission, limits, rule, now())
    } catch (error) {
      onError(error)
      return { result: 'rejected', code: 'internal', detail: 'the server met an error with this op' }
    }
  }

  /** Merges into a copy first: history refused half-way leaves nothing behind, and its neighbours go on. */
  #mergeReturned(draft: DraftState, returned: ReturnedHistory): InkroomError | undefined {
    const { roomId, pageId, verify, onError } = this.#options
    const trial = draft.copy()
    try {
      mergeReturned(trial, returned, roomId, pageId, verify)
    } catch (error) {
      if (error instanceof InkroomError) return error
      if (error instanceof OtError) return new InkroomError('history-unproven', error.message)
      onError(error)
      return new InkroomError('internal', 'the server met an error with this history')
    }
    draft.become(trial)
    return undefined
  }

  #appendOf(draft: DraftState): PageAppend | undefined {
    if (draft.updates.length === 0) return undefined
    const { roomId, pageId, kind, sign } = this.#options
    const head = { ...draft.head, signature: sign(headText(roomId, pageId, draft.head)) }
    return {
      roomId,
      pageId,
      kind,
      after: this.#state.head,
      updates: draft.updates,
      head,
      clients: [...draft.clients.values()],
    }
  }
}

function tellFailure(task: Task): void {
  switch (task.kind) {
    case 'submit':
      return task.done({ result: 'notStored' })
    case 'handBack':
      return task.done(new InkroomError('storage-failed', 'the server could not store the history'))
    case 'barrier':
      return task.run()
  }
}
