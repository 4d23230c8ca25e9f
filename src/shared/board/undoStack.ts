import { composeAll } from '../ot/composeAll'
import type { OtType } from '../ot/otType'

/** Steps that can be taken back. Older ones are forgotten. */
const MAX_STEPS = 200
/** Remote ops that wait to be transformed over together: there can be hundreds in a second, from ten who draw. */
const MAX_WAITING = 64

/** A step under way: what is recorded until its end is taken back as one. */
export interface UndoStep<Op = unknown> {
  end(): void
  /**
   * Ends the step: the op that takes back what was recorded in it, and in the step around it so far, to be applied as
   * an edit of one's own that is not recorded. It cannot be done again. Undefined where nothing is left to take back.
   */
  cancel(): Op | undefined
}

type UndoType<Snapshot, Op> = Pick<
  OtType<Snapshot, Op, unknown>,
  'apply' | 'compose' | 'diff' | 'invert' | 'isEmpty' | 'transformBoth'
>

/**
 * Takes back what one person did in one window, and never what others did: each step is kept as the op that takes
 * it back, and transformed over what comes from others as the *earlier* of the two, so that of two writes to one
 * property theirs stays.
 *
 * Works for any document type. Everything that changes the content has to be told, in order: own edits by `record`,
 * all else by `remote`, also what comes with a reconnect.
 */
export class UndoStack<Snapshot, Op> {
  readonly #type: UndoType<Snapshot, Op>
  /** Each takes one step back; the last first. The last starts at the content now, less what waits. */
  #undo: Op[] = []
  #redo: Op[] = []
  /** What came from others since the stacks were brought up to date. */
  #waiting: Op[] = []
  /** Steps under way. */
  #open = 0
  /** Steps that were too old to be kept. */
  #forgotten = 0
  /** True where the next recorded op goes into the last step. */
  #joins = false
  #mergeKey: string | undefined
  readonly #listeners = new Set<() => void>()

  constructor(type: UndoType<Snapshot, Op>) {
    this.#type = type
  }

  /** As of the last time that the stack was brought up to date: what came since may have left nothing to take back. */
  get canUndo(): boolean {
    return this.#hasAny(this.#undo)
  }

  get canRedo(): boolean {
    return this.#hasAny(this.#redo)
  }

  /** Calls `listener` when {@link canUndo} or {@link canRedo} may have changed. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /**
   * Takes in an edit of one's own that was applied to `before`. Those with one `mergeKey` in a row are one step, such
   * as letters typed into one label; {@link seal} ends that.
   */
  record(op: Op, before: Snapshot, mergeKey?: string): void {
    if (this.#type.isEmpty(op)) return
    this.#catchUp()
    const inverse = this.#type.invert(op, before)
    const joins = this.#open > 0 ? this.#joins : mergeKey !== undefined && mergeKey === this.#mergeKey
    const last = this.#undo.at(-1)
    if (joins && last !== undefined) this.#undo[this.#undo.length - 1] = this.#type.compose(inverse, last)
    else this.#undo.push(inverse)
    if (this.#undo.length > MAX_STEPS) {
      this.#undo.shift()
      this.#forgotten += 1
    }
    this.#joins = this.#open > 0
    this.#mergeKey = mergeKey
    this.#redo = []
    this.#tell()
  }

  /** Takes in a change that was not made here. */
  remote(op: Op): void {
    if (this.#undo.length === 0 && this.#redo.length === 0) return
    this.#waiting.push(op)
    if (this.#waiting.length >= MAX_WAITING) this.#catchUp()
  }

  /** Begins a step: a drag, a stroke. What is recorded until its end is one step, also inside of another. */
  begin(): UndoStep<Op> {
    if (this.#open === 0) this.seal()
    this.#open += 1
    let isOpen = true
    const end = (): void => {
      if (!isOpen) return
      isOpen = false
      this.#open -= 1
      if (this.#open === 0) this.seal()
    }
    return { end, cancel: () => (isOpen ? this.#cancel(end) : undefined) }
  }

  /** How many steps have been recorded and not taken back, for {@link join}. */
  get mark(): number {
    return this.#forgotten + this.#undo.length
  }

  /** Makes one step of all since {@link mark} was `mark`, and none where together they change nothing. */
  join(mark: number, content: Snapshot): void {
    this.#catchUp()
    this.seal()
    const steps = this.#undo.splice(Math.max(0, mark - this.#forgotten))
    const op = composeAll(this.#type, steps.reverse())
    if (op !== undefined && !this.#changesNothing(op, content)) this.#undo.push(op)
    this.#tell()
  }

  /** What is recorded next is a new step. */
  seal(): void {
    this.#joins = false
    this.#mergeKey = undefined
  }

  /**
   * Takes the last step back that anything is left of, and no other: the op to apply to `content`, as an edit of one's
   * own that is **not** recorded again. Undefined where there is none. Steps whose taking back would change nothing are
   * passed over and forgotten: others have written over them, or they ended where they began. `accepts`: undefined, too,
   * where it says no to the op, which then stays.
   */
  undo(content: Snapshot, accepts?: (op: Op) => boolean): Op | undefined {
    this.#catchUp()
    return this.#step(content, this.#undo, this.#redo, accepts)
  }

  /** Does again what was taken back last. As {@link undo}. */
  redo(content: Snapshot, accepts?: (op: Op) => boolean): Op | undefined {
    this.#catchUp()
    return this.#step(content, this.#redo, this.#undo, accepts)
  }

  /** Forgets everything. */
  clear(): void {
    this.#undo = []
    this.#redo = []
    this.#waiting = []
    this.seal()
    this.#tell()
  }

  #step(content: Snapshot, from: Op[], to: Op[], accepts: (op: Op) => boolean = () => true): Op | undefined {
    this.seal()
    let op: Op | undefined
    do op = from.pop()
    while (op !== undefined && this.#changesNothing(op, content))
    const isRefused = op !== undefined && !accepts(op)
    if (op !== undefined) (isRefused ? from : to).push(isRefused ? op : this.#type.invert(op, content))
    this.#tell()
    return isRefused ? undefined : op
  }

  #changesNothing(op: Op, content: Snapshot): boolean {
    const type = this.#type
    return type.isEmpty(op) || type.isEmpty(type.diff(content, type.apply(content, op)))
  }

  #hasAny(steps: readonly Op[]): boolean {
    return steps.some((op) => !this.#type.isEmpty(op))
  }

  /** Takes the open step off the stack; `end` closes it. */
  #cancel(end: () => void): Op | undefined {
    const hasOps = this.#joins
    end()
    if (!hasOps) return undefined
    this.#catchUp()
    // What is recorded next in a step around this one begins anew.
    this.#joins = false
    const op = this.#undo.pop()
    this.#tell()
    return op === undefined || this.#type.isEmpty(op) ? undefined : op
  }

  #catchUp(): void {
    const remote = composeAll(this.#type, this.#waiting)
    this.#waiting = []
    if (remote === undefined || this.#type.isEmpty(remote)) return
    this.#undo = this.#transformed(this.#undo, remote)
    this.#redo = this.#transformed(this.#redo, remote)
    this.#tell()
  }

  /** Steps, the last of which starts where `remote` does, as they are after it. */
  #transformed(steps: readonly Op[], remote: Op): Op[] {
    const out: Op[] = []
    let other = remote
    for (let i = steps.length - 1; i >= 0; i--) {
      const [step, after] = this.#type.transformBoth(steps[i] as Op, other)
      out.push(step)
      other = after
    }
    return out.reverse()
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}
