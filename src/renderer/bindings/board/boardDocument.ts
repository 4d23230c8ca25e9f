import type { PageClient } from '../../../client/api'
import { Variable } from '../../../client/observable'
import { Board } from '../../../shared/board'
import { paintBounds } from '../../../shared/board/geometry/bounds'
import type { SetText } from '../../../shared/board/textLayout'
import type { Box } from '../../../shared/board/shape'
import { UndoStack, type UndoStep } from '../../../shared/board/undoStack'
import type { RecordsOp, RecordsPosition, RecordsSnapshot } from '../../../shared/ot/records'

/** A page that is a board, as the engine gives it. */
export type BoardPage = PageClient<RecordsSnapshot, RecordsOp, RecordsPosition>

/** What an edit, of oneself or of others, has changed on the screen. */
export interface BoardNews {
  readonly op: RecordsOp
  /** Shapes that are new, changed or gone, and what they painted before. */
  readonly before: ReadonlyMap<string, Box | undefined>
  readonly removed: ReadonlySet<string>
  readonly isRemote: boolean
}

/**
 * Ties one page to the board on the screen: keeps its shapes up with the page's content, and one's own steps to take
 * back. It outlives the view, so that undo still works when the page is shown again.
 *
 * Rule: outside of a call into this class, `board.snapshot` equals `page.content`.
 */
export class BoardDocument {
  readonly canUndo = new Variable(false)
  readonly canRedo = new Variable(false)
  readonly #undo: UndoStack<RecordsSnapshot, RecordsOp>
  readonly #listeners = new Set<(news: BoardNews) => void>()
  readonly #stops: (() => void)[]
  #board: Board
  #step: UndoStep<RecordsOp> | undefined

  /** `page` has to be loaded. */
  constructor(
    readonly page: BoardPage,
    private readonly setText: SetText,
  ) {
    this.#board = new Board(page.content, setText)
    this.#undo = new UndoStack(page.type)
    this.#stops = [
      page.onRemote((op, content) => {
        this.#undo.remote(op)
        this.#take(op, content, true)
      }),
      this.#undo.onChange(() => {
        this.canUndo.set(this.#undo.canUndo)
        this.canRedo.set(this.#undo.canRedo)
      }),
    ]
  }

  get board(): Board {
    return this.#board
  }

  /** Fonts have been loaded: text has other widths. */
  readAgain(): void {
    this.#board = new Board(this.page.content, this.setText)
  }

  onNews(listener: (news: BoardNews) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Applies an edit of this person. `mergeKey`: edits with one key in a row are one step to undo. */
  edit(op: RecordsOp, mergeKey?: string): void {
    if (this.page.type.isEmpty(op)) return
    const before = this.page.content
    this.page.edit(op)
    this.#undo.record(op, before, mergeKey)
    this.#take(op, this.page.content, false)
  }

  /** True between {@link begin} and {@link end}: something is being drawn or dragged. */
  get isInStep(): boolean {
    return this.#step !== undefined
  }

  /** From here to {@link end} everything is one step. */
  begin(): void {
    this.#step?.end()
    this.#step = this.#undo.begin()
  }

  end(): void {
    this.#step?.end()
    this.#step = undefined
  }

  /** Takes back what was done since {@link begin}, as far as it is still there. It cannot be done again. */
  cancel(): void {
    const op = this.#step?.cancel()
    this.#step = undefined
    this.#apply(op)
  }

  /** Where one's own steps are, for {@link join}. */
  get mark(): number {
    return this.#undo.mark
  }

  /** Makes one step of all that this person has done since {@link mark} was `mark`. */
  join(mark: number): void {
    this.#undo.join(mark, this.page.content)
  }

  /** Edits that follow do not join the step before. */
  seal(): void {
    if (this.#step === undefined) this.#undo.seal()
  }

  /**
   * Takes one's own last step back; returns the ids of what it touched. `labelOf`: only a step in which nothing but the
   * label of that shape was written.
   */
  undo(labelOf?: string): readonly string[] {
    if (this.#step !== undefined) return []
    return this.#apply(this.#undo.undo(this.page.content, writesOnly(labelOf)))
  }

  /** As {@link undo}. */
  redo(labelOf?: string): readonly string[] {
    if (this.#step !== undefined) return []
    return this.#apply(this.#undo.redo(this.page.content, writesOnly(labelOf)))
  }

  dispose(): void {
    for (const stop of this.#stops) stop()
    this.#listeners.clear()
  }

  #apply(op: RecordsOp | undefined): readonly string[] {
    if (op === undefined) return []
    this.page.edit(op)
    this.#take(op, this.page.content, false)
    return Object.keys(op)
  }

  #take(op: RecordsOp, content: RecordsSnapshot, isRemote: boolean): void {
    const before = new Map<string, Box | undefined>()
    const remember = (id: string): void => {
      const shape = this.#board.get(id)
      before.set(id, shape === undefined ? undefined : paintBounds(shape))
    }
    for (const id of Object.keys(op)) {
      remember(id)
      for (const arrow of this.#board.arrowsAt(id)) remember(arrow.id)
      // Frames clip what belongs to them.
      if (this.#board.get(id)?.type === 'frame')
        for (const shape of this.#board.inFrame(id)) remember(shape.id)
    }
    const { changed, removed } = this.#board.update(op, content)
    for (const id of changed) if (!before.has(id)) before.set(id, undefined)
    for (const listener of [...this.#listeners]) listener({ op, before, removed, isRemote })
  }
}

/** Undefined: every op. */
function writesOnly(labelOf: string | undefined): ((op: RecordsOp) => boolean) | undefined {
  if (labelOf === undefined) return undefined
  return (op) =>
    Object.entries(op).every(([id, change]) => id === labelOf && Object.keys(change).join() === 'texts')
}
