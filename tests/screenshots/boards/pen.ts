import type { NewShape } from '../../../src/shared/board/ops'

/** Distance between two points of a stroke, in board units. */
const STEP = 9

/** A pen stroke along a curve, for `t` from 0 to 1, with the pressure and the tremble of a hand. */
export function penStroke(
  id: string,
  at: (t: number) => readonly [x: number, y: number],
  look: Partial<NewShape> = {},
): NewShape {
  const path: number[] = []
  const count = Math.max(6, Math.round(lengthOf(at) / STEP))
  for (let i = 0; i <= count; i++) {
    const t = i / count
    const [x, y] = at(t)
    const tremble = 0.6 * Math.sin(i * 0.9 + x * 0.02) + 0.5 * Math.sin(i * 0.37 + y * 0.03)
    path.push(round(x + tremble), round(y - tremble * 0.6), round(0.3 + 0.35 * Math.sin(t * Math.PI)))
  }
  return { id, type: 'draw', x: 0, y: 0, hasPressure: true, strokeWidth: 2.5, path, ...look }
}

/** A pen stroke through points, smooth between them. */
export function penThrough(
  id: string,
  points: readonly (readonly [x: number, y: number])[],
  look: Partial<NewShape> = {},
): NewShape {
  const last = points.length - 1
  const point = (index: number) => points[Math.min(Math.max(index, 0), last)] ?? [0, 0]
  return penStroke(
    id,
    (t) => {
      const from = Math.min(Math.floor(t * last), last - 1)
      return between([point(from - 1), point(from), point(from + 1), point(from + 2)], t * last - from)
    },
    look,
  )
}

type Pair = readonly [x: number, y: number]

/** Catmull and Rom's spline between the second and the third of four points. */
function between([a, b, c, d]: readonly [Pair, Pair, Pair, Pair], t: number): Pair {
  const at = (i: 0 | 1) =>
    0.5 *
    (2 * b[i] +
      (c[i] - a[i]) * t +
      (2 * a[i] - 5 * b[i] + 4 * c[i] - d[i]) * t ** 2 +
      (3 * b[i] - a[i] - 3 * c[i] + d[i]) * t ** 3)
  return [at(0), at(1)]
}

function lengthOf(at: (t: number) => Pair): number {
  let length = 0
  for (let i = 0; i < 40; i++) {
    const [from, to] = [at(i / 40), at((i + 1) / 40)]
    length += Math.hypot(to[0] - from[0], to[1] - from[1])
  }
  return length
}

const round = (value: number): number => Math.round(value * 100) / 100
