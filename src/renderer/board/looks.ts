import type { Board } from '../../shared/board'
import { setProps, type ShapeProps } from '../../shared/board/ops'
import { recordsType, type RecordsOp } from '../../shared/ot/records'
import { isTextual, type Shape, type ShapeType } from './model'
import type { NextStyle } from './nextStyle'

/** What of a shape's properties is its look. */
export type StyleKey = keyof NextStyle & keyof ShapeProps

/** How a shape looks: what it can be given of a style. */
export type Look = Partial<Pick<ShapeProps, StyleKey>>

const STYLE_KEYS = [
  'stroke',
  'fill',
  'fillStyle',
  'strokeWidth',
  'dash',
  'opacity',
  'round',
  'curved',
  'startHead',
  'endHead',
  'font',
  'fontSize',
  'align',
  'verticalAlign',
] as const satisfies readonly StyleKey[]

export function readLook(shape: Shape): Look {
  const values = shape as unknown as Look
  return Object.fromEntries(
    STYLE_KEYS.filter((key) => hasStyle(shape.type, key)).map((key) => [key, values[key]]),
  )
}

/** The values that all of the shapes have which can have them. */
export function commonLook(shapes: readonly Shape[]): Look {
  const common = STYLE_KEYS.map((key) => {
    const values = shapes
      .filter(({ type }) => hasStyle(type, key))
      .map((shape) => (shape as unknown as Look)[key])
    return [key, values.every((value) => value === values[0]) ? values[0] : undefined]
  })
  return Object.fromEntries(common) as Look
}

/** Gives shapes a look. A note keeps its paper where the look has none. */
export function wearLook(board: Board, ids: readonly string[], look: Look): RecordsOp {
  const shapes = ids.map((id) => board.get(id)).filter((shape) => shape !== undefined)
  let all: RecordsOp = {}
  for (const type of new Set(shapes.map((shape) => shape.type))) {
    const fitting = STYLE_KEYS.filter(
      (key) =>
        look[key] !== undefined &&
        hasStyle(type, key) &&
        !(key === 'fill' && type === 'note' && look.fill === 'none'),
    )
    const props: Look = Object.fromEntries(fitting.map((key) => [key, look[key]]))
    const same = shapes.filter((shape) => shape.type === type).map(({ id }) => id)
    all = recordsType.compose(all, setProps(board, same, props))
  }
  return all
}

/** True where shapes of a type can be given the property. */
export function hasStyle(type: ShapeType, key: StyleKey): boolean {
  const isClosed = type === 'rectangle' || type === 'diamond' || type === 'ellipse'
  switch (key) {
    case 'stroke':
      return type !== 'image' && type !== 'frame'
    case 'fill':
      return isClosed || type === 'note' || type === 'line'
    case 'fillStyle':
      return isClosed
    case 'strokeWidth':
      return isClosed || type === 'line' || type === 'arrow' || type === 'draw' || type === 'highlight'
    case 'dash':
      return isClosed || type === 'line' || type === 'arrow'
    case 'opacity':
      return type !== 'frame'
    case 'round':
      return type === 'rectangle' || type === 'diamond'
    case 'curved':
      return type === 'line' || type === 'arrow'
    case 'startHead':
    case 'endHead':
      return type === 'arrow'
    case 'font':
    case 'fontSize':
      return isTextual(type)
    case 'align':
      return isTextual(type) && type !== 'arrow'
    case 'verticalAlign':
      // A text is as high as its lines, and an arrow's label lies on its line.
      return isClosed || type === 'note'
  }
}
