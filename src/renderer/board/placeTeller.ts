import type { BoardPresence } from '../bindings/board/boardPresence'
import type { BoardEditor } from './boardEditor'
import { viewBox } from './camera'
import type { Point } from './model'

/** Tells others where this person is on a board that is on the screen: pointer, view, selection, caret. */
export class PlaceTeller {
  /** In board units; undefined while the pointer is somewhere else. */
  #pointer: Point | undefined
  #isLaser = false
  #caret: number | undefined

  constructor(
    private readonly editor: BoardEditor,
    private readonly presence: BoardPresence,
  ) {}

  pointAt(point: Point | undefined): void {
    this.#pointer = point
    this.tell()
  }

  /** The laser is at a place, or with undefined goes out. */
  lightAt(point: Point | undefined): void {
    this.#isLaser = point !== undefined
    this.pointAt(point ?? this.#pointer)
  }

  /** The caret in the label that is open has moved. */
  writeAt(offset: number): void {
    this.#caret = offset
    this.tell()
  }

  /** What is seen or selected may have changed. */
  tell(): void {
    const { camera, editing, followedView, selected, size } = this.editor
    this.presence.tell({
      pointer: this.#pointer,
      isLaser: this.#isLaser,
      view: followedView ?? viewBox(camera, size),
      selected,
      caret:
        editing.value === undefined || this.#caret === undefined
          ? undefined
          : { shapeId: editing.value, offset: this.#caret },
    })
  }
}
