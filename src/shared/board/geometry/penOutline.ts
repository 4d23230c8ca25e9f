import { getStroke } from 'perfect-freehand'
import { STROKE_STRIDE, type StrokeShape } from '../shape'

/** Size of a stroke at half pressure, in stroke widths. */
const SIZE = 2.4

/**
 * The outline of a pen stroke, whose width follows the pressure: points of a polygon to be filled, relative to the
 * shape's origin and not yet turned. Few enough for a click, many for thousands of strokes: remember what you draw.
 */
export function penOutline({ points, scaleX, scaleY, strokeWidth, hasPressure }: StrokeShape): number[][] {
  const input: [number, number, number][] = []
  for (let i = 0; i + 2 < points.length; i += STROKE_STRIDE)
    input.push([(points[i] as number) * scaleX, (points[i + 1] as number) * scaleY, points[i + 2] as number])
  return getStroke(input, {
    size: strokeWidth * SIZE,
    thinning: 0.55,
    smoothing: 0.5,
    streamline: 0.35,
    simulatePressure: !hasPressure,
    last: true,
  })
}
