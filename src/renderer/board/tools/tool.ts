import type { BoardPointer } from '../boardPointer'

/**
 * A tool, or what a tool does from press to release. Each is a small state machine: `down` begins, `move` goes on,
 * `up` ends, and `cancel` takes back what was done since `down`.
 */
export interface Tool {
  readonly cursor: string
  /** True while something is made by several clicks and goes on with the next. */
  readonly isOpen?: boolean
  down(pointer: BoardPointer): void
  move(pointer: BoardPointer): void
  up(pointer: BoardPointer): void
  cancel(): void
  /** The pointer moves without being pressed. */
  hover?(pointer: BoardPointer): void
  doubleClick?(pointer: BoardPointer): void
  /** Another tool is chosen. */
  leave?(): void
}

/** What happens between press and release. */
export interface Gesture {
  move(pointer: BoardPointer): void
  end(pointer: BoardPointer): void
  cancel(): void
}
