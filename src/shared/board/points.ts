/** Lists of coordinates as records hold them: made valid, and their bounds. Both are remembered for each list. */
import type { JsonArray } from '../ot/records'
import { clamp, MAX_COORDINATE, MAX_LINE_POINTS, MAX_STROKE_POINTS } from './limits'
import { STROKE_STRIDE } from './shape'

export interface PointBounds {
  readonly minX: number
  readonly minY: number
  readonly maxX: number
  readonly maxY: number
}

const bounds = new WeakMap<readonly number[], PointBounds>()
const strokes = new WeakMap<readonly number[], readonly number[]>()
const lines = new WeakMap<JsonArray, readonly number[] | 'none'>()

/** Bounds of points whose x and y come first in every `stride` numbers. */
export function boundsOfPoints(points: readonly number[], stride: 2 | 3): PointBounds {
  const known = bounds.get(points)
  if (known !== undefined) return known
  let minX = Infinity
  let minY = Infinity
  let maxX = -Infinity
  let maxY = -Infinity
  for (let i = 0; i + 1 < points.length; i += stride) {
    const x = points[i] as number
    const y = points[i + 1] as number
    if (x < minX) minX = x
    if (x > maxX) maxX = x
    if (y < minY) minY = y
    if (y > maxY) maxY = y
  }
  const found = { minX, minY, maxX, maxY }
  bounds.set(points, found)
  return found
}

/** A stroke's numbers: whole points only, not too many, each within its range. The same list where it is valid. */
export function strokePoints(numbers: readonly number[]): readonly number[] {
  const known = strokes.get(numbers)
  if (known !== undefined) return known
  const count = Math.min(Math.floor(numbers.length / STROKE_STRIDE), MAX_STROKE_POINTS) * STROKE_STRIDE
  let isValid = count === numbers.length
  for (let i = 0; isValid && i < count; i++) isValid = strokeNumber(numbers[i] as number, i) === numbers[i]
  const valid = isValid ? numbers : numbers.slice(0, count).map(strokeNumber)
  strokes.set(numbers, valid)
  return valid
}

/** A number of a stroke within the range of what it is, a coordinate or a pressure. */
export function strokeNumber(number: number, index: number): number {
  return index % STROKE_STRIDE === 2 ? clamp(number, 0, 1) : clamp(number, -MAX_COORDINATE, MAX_COORDINATE)
}

/** A line's coordinates; undefined for what is no list of two or more points. */
export function validLine(value: JsonArray): readonly number[] | undefined {
  const known = lines.get(value)
  if (known !== undefined) return known === 'none' ? undefined : known
  const valid = readLine(value)
  lines.set(value, valid ?? 'none')
  return valid
}

function readLine(value: JsonArray): readonly number[] | undefined {
  if (value.length < 4 || value.length % 2 === 1 || value.length > 2 * MAX_LINE_POINTS) return undefined
  const numbers: number[] = []
  for (const each of value) {
    if (typeof each !== 'number') return undefined
    numbers.push(clamp(each, -MAX_COORDINATE, MAX_COORDINATE))
  }
  return numbers
}
