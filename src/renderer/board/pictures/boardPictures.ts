import { paintBounds } from '../../../shared/board/geometry/bounds'
import { boxesTouch, grow } from '../../../shared/board/geometry/box'
import type { BoardEditor } from '../boardEditor'
import { viewBox } from '../camera'
import type { ImageShape } from '../../../shared/board/shape'
import type { Box, Point } from '../model'
import type { Pictures } from './pictures'

/** What is in view is told to the pictures this often, in ms. */
const SEE_EVERY_MS = 1500

/** Ties pictures to the board that shows them: paints them again when they change, and says which are in view. */
export class BoardPictures {
  #seenAt = -Infinity

  constructor(
    private readonly pictures: Pictures,
    private readonly editor: BoardEditor,
    private readonly now: () => number,
    invalidate: (box: Box) => void,
  ) {
    editor.retryPicture = (picture) => this.#retry(picture)
    pictures.onChange = (assetId) => {
      for (const shape of editor.board.images)
        if (shape.assetId === assetId) invalidate(grow(paintBounds(shape), 2))
    }
  }

  /** To be called when the board is drawn. */
  see(): void {
    const time = this.now()
    if (time - this.#seenAt < SEE_EVERY_MS) return
    this.#seenAt = time
    const { editor } = this
    const view = viewBox(editor.camera, editor.size)
    // A screen more on each side: what comes into view next.
    const near = grow(view, Math.max(view.width, view.height))
    const visible = new Set<string>()
    for (const shape of editor.board.images)
      if (shape.assetId !== undefined && boxesTouch(paintBounds(shape), near)) visible.add(shape.assetId)
    this.pictures.see(visible)
  }

  /** Asks once more for a picture that could not be fetched; false where there is none at a place of the board. */
  press(at: Point): boolean {
    const [hit] = this.editor.board.hits(at, 0)
    return hit?.type === 'image' && this.#retry(hit)
  }

  stop(): void {
    this.editor.retryPicture = undefined
    this.pictures.stop()
  }

  #retry({ assetId }: ImageShape): boolean {
    return assetId !== undefined && this.pictures.retry(assetId)
  }
}
