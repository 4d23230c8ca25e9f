import type { Board } from '../../shared/board'
import { paintBounds } from '../../shared/board/geometry/bounds'
import { grow, unionOf } from '../../shared/board/geometry/box'
import { clippingFrame, copyShapes } from '../../shared/board/ops'
import type { Steps } from '../../shared/board/steps'
import { svgSteps } from '../../shared/board/svg'
import type { TextMeasure } from '../../shared/board/textLayout'
import { fillTone, strokeTone, type BoardColours } from './draw/colours'
import { drawShape } from './draw/drawShape'
import { labelTone } from './draw/labelTone'
import { fontFamily } from './draw/text'
import type { Box, Shape } from './model'
import type { DrawingPictures } from './pictures/exportPictures'

/** Paper around what is exported, in board units. */
const PADDING = 24
/** Pixels for each board unit, where the picture is not too large for that. */
const SCALE = 2
/** The longest side and the most pixels that browsers make pictures of. */
const MAX_SIDE = 16_000
const MAX_PIXELS = 100_000_000

/** What is exported: the shapes selected, or all of them where none is. */
export function shapesToExport(board: Board, selected: readonly string[]): readonly Shape[] {
  return selected.length === 0 ? [...board.ordered] : copyShapes(board, selected)
}

/** A picture of shapes as PNG; undefined where the browser cannot make one that large. */
export async function toPng(
  board: Board,
  shapes: readonly Shape[],
  colours: BoardColours,
  measure: TextMeasure,
  picturesAt: (scale: number) => Promise<DrawingPictures>,
): Promise<Blob | undefined> {
  const area = areaOf(shapes)
  const scale = Math.min(
    SCALE,
    MAX_SIDE / Math.max(area.width, area.height),
    Math.sqrt(MAX_PIXELS / (area.width * area.height)),
  )
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(area.width * scale))
  canvas.height = Math.max(1, Math.round(area.height * scale))
  const context = canvas.getContext('2d', { alpha: false })
  if (context === null) return undefined
  context.fillStyle = colours.paper
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.setTransform(scale, 0, 0, scale, -area.x * scale, -area.y * scale)
  const pictures = await picturesAt(scale)
  for (const shape of shapes) {
    drawShape(context, shape, {
      colours,
      scale,
      measure,
      pictures,
      untitledFrame: () => '',
      editing: undefined,
      frameOf: (each) => clippingFrame(board, each)?.box,
    })
  }
  pictures.free()
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  return blob ?? undefined
}

/** A picture of shapes as SVG, a shape each step. */
export function* toSvg(
  board: Board,
  shapes: readonly Shape[],
  colours: BoardColours,
  imageOf: (assetId: string) => string | undefined,
): Steps<string> {
  const { text } = yield* svgSteps(shapes, {
    padding: PADDING,
    clipOf: (shape) => clippingFrame(board, shape)?.box,
    look: {
      paper: colours.paper,
      frame: colours.frame,
      frameTitle: colours.frameTitle,
      highlightOpacity: 0.4,
      strokeTone: (colour) => strokeTone(colours, colour),
      fillTone: (fill) => fillTone(colours, fill),
      labelTone: (shape) => labelTone(colours, shape),
      fontFamily,
      image: imageOf,
    },
  })
  return text
}

function areaOf(shapes: readonly Shape[]): Box {
  return grow(unionOf(shapes.map(paintBounds)) ?? { x: 0, y: 0, width: 1, height: 1 }, PADDING)
}
