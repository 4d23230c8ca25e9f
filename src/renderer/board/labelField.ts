import { boundsOf, FRAME_TITLE_HEIGHT, middleOf } from '../../shared/board/geometry/bounds'
import { linePath } from '../../shared/board/geometry/outline'
import { centreOf } from '../../shared/board/geometry/box'
import { arrowLabelBox, labelBox } from '../../shared/board/labels'
import { LINE_HEIGHT } from '../../shared/board/style'
import { clamp, toScreen, type Camera, type ScreenSize } from './camera'
import { FRAME_TITLE_SIZE } from './draw/drawShape'
import { fontFamily } from './draw/text'
import type { Align, Box, Shape } from './model'

/** Where a text field lies so that its letters are where the board draws them. Lengths are board units, but for left and top. */
export interface LabelFieldPlace {
  /** In CSS pixels of the screen. */
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  /** CSS: scaled with the board and turned with the shape. About the top left corner. */
  readonly transform: string
  readonly family: string
  readonly fontSize: number
  readonly align: Align
  readonly wraps: boolean
  readonly isTitle: boolean
}

/** Room for a caret behind the last letter, in font sizes. */
const CARET_ROOM = 0.6

export function placeLabelField(shape: Shape, camera: Camera): LabelFieldPlace {
  const text = labelPlaceOf(shape)
  const corner = toScreen(camera, text.box)
  const centre = centreOf(shape.box)
  const [x, y] = [centre.x - text.box.x, centre.y - text.box.y]
  return {
    left: corner.x,
    top: corner.y,
    width: text.box.width,
    height: text.box.height,
    transform: [
      `translate(${x * camera.zoom}px, ${y * camera.zoom}px)`,
      `rotate(${shape.angle}rad)`,
      `scale(${camera.zoom})`,
      `translate(${-x}px, ${-y}px)`,
    ].join(' '),
    family: fontFamily(text.font),
    fontSize: text.fontSize,
    align: text.align,
    wraps: text.wraps,
    isTitle: shape.type === 'frame',
  }
}

/** Lengths of the field for a picture's description, in CSS pixels. */
const DESCRIPTION_HEIGHT = 62
const DESCRIPTION_GAP = 10

/** Where a picture's description is written: below it, upright, at one size, on the screen. In CSS pixels. */
export function placeDescriptionField(
  shape: Shape,
  camera: Camera,
  size: ScreenSize,
): { readonly left: number; readonly top: number; readonly width: number } {
  const bounds = boundsOf(shape)
  const corner = toScreen(camera, bounds)
  const width = Math.min(size.width - 2 * DESCRIPTION_GAP, clamp(bounds.width * camera.zoom, 240, 420))
  const middle = corner.x + (bounds.width * camera.zoom) / 2
  const below = corner.y + bounds.height * camera.zoom + DESCRIPTION_GAP
  return {
    left: clamp(middle - width / 2, DESCRIPTION_GAP, size.width - width - DESCRIPTION_GAP),
    // Above the tools, which are at the bottom of a narrow screen.
    top: clamp(below, DESCRIPTION_GAP, size.height - DESCRIPTION_HEIGHT - 80),
    width,
  }
}

/** The box a label lies in before its shape is turned, and how it is set there. */
export function labelPlaceOf(shape: Shape) {
  switch (shape.type) {
    case 'rectangle':
    case 'diamond':
    case 'ellipse':
    case 'note': {
      const box = labelBox(shape.type, shape.box, shape, Math.max(1, shape.lines.length))
      return { box, font: shape.font, fontSize: shape.fontSize, align: shape.align, wraps: true }
    }
    case 'text': {
      const { box, font, fontSize, align, wraps } = shape
      const room = wraps ? 0 : fontSize * CARET_ROOM
      const start = align === 'left' ? 0 : align === 'center' ? room / 2 : room
      return { box: { ...box, x: box.x - start, width: box.width + room }, font, fontSize, align, wraps }
    }
    case 'arrow': {
      const box = grown(arrowLabelBox(middleOf(linePath(shape)), shape), shape.fontSize * CARET_ROOM)
      return { box, font: shape.font, fontSize: shape.fontSize, align: 'center' as const, wraps: true }
    }
    case 'frame':
    case 'line':
    case 'draw':
    case 'highlight':
    case 'image': {
      const { x, y, width } = shape.box
      const height = FRAME_TITLE_SIZE * LINE_HEIGHT
      const box = { x: x + 2, y: y - FRAME_TITLE_HEIGHT, width: Math.max(width, 120), height }
      return { box, font: 'sans' as const, fontSize: FRAME_TITLE_SIZE, align: 'left' as const, wraps: false }
    }
  }
}

function grown(box: Box, by: number): Box {
  return { ...box, x: box.x - by / 2, width: box.width + by }
}
