import type { Board } from '../../../shared/board'
import type { NewShape } from '../../../shared/board/ops/props'
import type { RecordsOp } from '../../../shared/ot/records'
import type { Camera } from '../camera'
import type { Carried } from '../carriedShapes'
import type { Box, Point, Shape } from '../model'
import type { NextStyle } from '../nextStyle'
import type { Guide } from '../snapping'
import type { ToolName } from '../toolNames'

/** What a tool can see of the board and do to it. */
export interface ToolHost {
  readonly board: Board
  readonly camera: Camera
  readonly style: NextStyle
  /** Things snap to each other and to the grid; Ctrl turns that around while dragging. */
  readonly isSnapping: boolean
  readonly hasGrid: boolean
  /** Ids of what is selected, without what is gone. */
  readonly selected: readonly string[]
  select(ids: Iterable<string>): void
  /** Applies an edit of this person. Between {@link begin} and {@link end} all edits are one step to undo. */
  edit(op: RecordsOp): void
  begin(): void
  end(): void
  /** Takes back everything since {@link begin}. */
  cancel(): void
  /** An id nobody else has. */
  newId(): string
  /** True where so many more shapes fit, or one; says so where they do not. */
  hasRoom(count?: number): boolean
  /** Makes a shape on top of all others; returns false where the board is full. */
  create(shape: NewShape): boolean
  show(feedback: Partial<Feedback>): void
  /** A tool has made what it is for: goes back to selecting, unless the tool is to be kept. */
  finish(made: readonly string[]): void
  editLabel(id: string): void
  /** Makes a text and opens it. With what is written in it until it is left, it is one step to undo. */
  writeText(text: NewShape): void
  /** Leaves a trail that fades; undefined: the laser goes out. */
  laser(at: Point | undefined): void
  /** Milliseconds, rising. */
  now(): number
  /** Calls back after a time in ms; the returned function gives it up. */
  after(ms: number, callback: () => void): () => void
}

/** What is drawn above the board while something is done. */
export interface Feedback {
  readonly marquee: Box | undefined
  readonly guides: readonly Guide[]
  readonly holder: Shape | undefined
  readonly hovered: Shape | undefined
  readonly cursor: string | undefined
  readonly isDragging: boolean
  /** Shown by a picture: too many to be edited with each move. */
  readonly carried: Carried | undefined
}

export const NO_FEEDBACK: Feedback = {
  marquee: undefined,
  guides: [],
  holder: undefined,
  hovered: undefined,
  cursor: undefined,
  isDragging: false,
  carried: undefined,
}

/** Name of a tool that makes shapes of one type by dragging a box. */
export type BoxTool = Extract<ToolName, 'rectangle' | 'diamond' | 'ellipse' | 'frame'>
