import { clippingFrame } from '../../shared/board/ops'
import type { BoardEditor } from './boardEditor'
import type { CarriedPicture } from './carriedPicture'
import type { BoardColours } from './draw/colours'
import type { Scene } from './draw/paintScene'
import type { TextWidths } from './draw/text'
import type { LiftedShapes } from './liftedShapes'
import type { Pictures } from './pictures/pictures'

interface Surroundings {
  readonly editor: BoardEditor
  readonly widths: TextWidths
  readonly pictures: Pictures
  untitledFrame(): string
}

/** What of a surface changes while it is on the screen. */
interface SurfaceState {
  colours(): BoardColours
  lifted(): LiftedShapes
  carried(): CarriedPicture
}

/** What the board on the screen is painted from. */
export function surfaceScene(
  { editor, widths, pictures, untitledFrame }: Surroundings,
  surface: SurfaceState,
): Scene {
  return {
    get colours() {
      return surface.colours()
    },
    get hasGrid() {
      return editor.grid.value
    },
    get editing() {
      return editor.editing.value
    },
    get lifted() {
      return surface.lifted().shapes.filter(({ id }) => !surface.carried().has(id))
    },
    measure: widths.measure,
    pictures,
    untitledFrame: () => untitledFrame(),
    shapesIn: (area) => editor.board.search(area),
    isLifted: (id) => surface.lifted().has(id) || surface.carried().has(id),
    frameOf: (shape) => clippingFrame(editor.board, shape)?.box,
  }
}
