/**
 * Where the drawers of the benchmark draw: each in a lane of its own around the middle of the board, beginning where no
 * shape lies, so that the first point of a stroke can be told from what is below it.
 */
import type { Point } from '../../../src/shared/board/shape'
import { columnsOf, PLACE_HEIGHT, PLACE_WIDTH } from './manyShapes'

/** As wide as a dot has to be to cover the pixels that are looked at. */
export const STROKE_WIDTH = 10
/** Strokes begin at so many points of a lane in turn: the one before is gone long before its point is needed again. */
export const STARTS = 3
/** From the left edge of a place to the middle of what is free on its right. */
const GAP = 172
const LANES_ACROSS = 5
const START_DISTANCE = 80

/** Where stroke `number` of a drawer begins on a board of so many shapes. */
export function startOf(shapes: number, drawer: number, number: number): Point {
  const columns = columnsOf(shapes)
  const column = Math.floor(columns / 2) - 3 + (drawer % LANES_ACROSS)
  const middle = (Math.ceil(shapes / columns) * PLACE_HEIGHT) / 2
  const lane = Math.floor(drawer / LANES_ACROSS)
  return {
    x: column * PLACE_WIDTH + GAP,
    y: Math.round(middle + (lane - 1) * STARTS * START_DISTANCE + (number % STARTS) * START_DISTANCE),
  }
}

/** Point `index` of any stroke: x and y from where it begins, and the pressure. It stays within its lane. */
export function pointOf(index: number): readonly [x: number, y: number, pressure: number] {
  return [70 * (1 - Math.cos(index / 40)), 25 * Math.sin(index / 6), 0.5]
}
