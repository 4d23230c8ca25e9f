import type { ColourName } from '../../../src/shared/board/palette'
import { isColourName } from '../../../src/shared/board/palette'
import { STROKE_STRIDE, type Shape } from '../../../src/shared/board/shape'

/** A shape for tldraw; its page turns `label` and `points` into what tldraw stores. */
export interface TldrawShape {
  readonly type: 'geo' | 'draw'
  readonly x: number
  readonly y: number
  readonly props: Readonly<Record<string, unknown>>
}

/** The nearest of tldraw's colours. */
const COLOURS: Readonly<Record<ColourName, string>> = {
  ink: 'black',
  grey: 'grey',
  red: 'red',
  orange: 'orange',
  yellow: 'yellow',
  green: 'green',
  teal: 'light-green',
  sky: 'light-blue',
  blue: 'blue',
  violet: 'violet',
  pink: 'light-red',
  brown: 'light-violet',
}

/** The shapes of the benchmark's board in tldraw's terms: even lines instead of its wavy ones, as Inkroom's are. */
export function tldrawShapes(shapes: readonly Shape[]): TldrawShape[] {
  return shapes.map(tldrawShape)
}

function tldrawShape(shape: Shape): TldrawShape {
  const { x, y, box, stroke, fill } = shape
  const color = isColourName(stroke) ? COLOURS[stroke] : 'black'
  const style = { color, dash: 'solid', size: 's', fill: fill === 'none' ? 'none' : 'solid' }
  if (shape.type === 'draw')
    return { type: 'draw', x, y, props: { ...style, points: pointsOf(shape.points), isComplete: true } }
  if (shape.type !== 'rectangle' && shape.type !== 'ellipse')
    throw new Error(`the benchmark's board has no ${shape.type}`)
  const { width: w, height: h } = box
  return { type: 'geo', x, y, props: { ...style, geo: shape.type, w, h, font: 'sans', label: shape.label } }
}

function pointsOf(numbers: readonly number[]): { x: number; y: number; z: number }[] {
  return Array.from({ length: numbers.length / STROKE_STRIDE }, (_, i) => {
    const [x = 0, y = 0, z = 0] = numbers.slice(STROKE_STRIDE * i, STROKE_STRIDE * (i + 1))
    return { x, y, z }
  })
}
