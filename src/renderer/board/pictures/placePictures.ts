import { cutLabel } from '../../../shared/board/ops/create'
import type { NewShape } from '../../../shared/board/ops'
import type { Box, Point } from '../model'

/** A picture that is to be put onto the board. */
export interface PictureToPlace {
  readonly assetId: string
  /** In pixels. */
  readonly width: number
  readonly height: number
  /** What it shows, as far as the name of its file says it. */
  readonly label: string
}

/** Space between pictures that are put side by side, in board units. */
const GAP = 20
/** How much of the view's width and height new pictures fill at most. */
const SHARE = 0.6

/**
 * Pictures side by side, of one height, in rows that make about a square, around a point. One alone has a pixel for each
 * board unit; what would not fit into the view is made smaller.
 */
export function layPictures(
  pictures: readonly PictureToPlace[],
  middle: Point,
  view: Box,
  newId: () => string,
): NewShape[] {
  const boxes =
    pictures.length === 1 ? pictures.map(({ width, height }) => ({ width, height })) : rowBoxes(pictures)
  const perRow = Math.ceil(Math.sqrt(pictures.length))
  const rows: Pick<Box, 'width' | 'height'>[][] = []
  for (let i = 0; i < boxes.length; i += perRow) rows.push(boxes.slice(i, i + perRow))
  const widths = rows.map((row) => row.reduce((sum, { width }) => sum + width, GAP * (row.length - 1)))
  const heights = rows.map((row) => Math.max(...row.map(({ height }) => height)))
  const width = Math.max(...widths)
  const height = heights.reduce((sum, each) => sum + each, GAP * (rows.length - 1))
  const scale = Math.min(1, (view.width * SHARE) / width, (view.height * SHARE) / height)

  const shapes: NewShape[] = []
  let y = middle.y - (height * scale) / 2
  for (const [index, row] of rows.entries()) {
    let x = middle.x - ((widths[index] ?? 0) * scale) / 2
    for (const box of row) {
      const picture = pictures[shapes.length]
      if (picture === undefined) continue
      shapes.push({
        id: newId(),
        type: 'image',
        x: Math.round(x),
        y: Math.round(y),
        width: Math.max(1, box.width * scale),
        height: Math.max(1, box.height * scale),
        assetId: picture.assetId,
        ...(picture.label === '' ? {} : { label: cutLabel(picture.label) }),
      })
      x += (box.width + GAP) * scale
    }
    y += ((heights[index] ?? 0) + GAP) * scale
  }
  return shapes
}

/** The pictures' boxes, all as high as the lowest of those that are not very small. */
function rowBoxes(pictures: readonly PictureToPlace[]): Pick<Box, 'width' | 'height'>[] {
  const height = Math.max(100, Math.min(...pictures.map((picture) => picture.height)))
  return pictures.map((picture) => ({ width: (picture.width * height) / picture.height, height }))
}

/** The name of a file as words: what it shows, for those who do not see it. Names that programs make up say nothing. */
export function labelFromName(name: string): string {
  const words = name
    .replace(/\.[A-Za-z0-9]{1,5}$/, '')
    .replace(/[_\s]+/gu, ' ')
    .trim()
  return /^(?:image|img|dsc|dscn|pxl|mvimg|screenshot|bild|picture|photo)?[\s\d()_.:-]*$/i.test(words)
    ? ''
    : words
}
