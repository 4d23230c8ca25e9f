/** Snapping: to edges and middles of what lies near, with guide lines that show it, and to a grid. */
import { centreOf } from '../../shared/board/geometry/box'
import { GRID_SIZE } from './grid'
import type { Box, Point } from './model'

/** A line to draw while something is snapped: at `at` on its axis, from `from` to `to` along the other. */
export interface Guide {
  /** `x`: an upright line at x = `at`. `y`: a level line at y = `at`. */
  readonly axis: 'x' | 'y'
  readonly at: number
  readonly from: number
  readonly to: number
}

export interface Snap {
  /** What to add to the movement. */
  readonly dx: number
  readonly dy: number
  readonly guides: readonly Guide[]
}

/** Which lines of the moving box are looked at: all three, or while resizing, those that are pulled. */
interface SnapLines {
  readonly x: readonly ('start' | 'middle' | 'end')[]
  readonly y: readonly ('start' | 'middle' | 'end')[]
}

const ALL_LINES: SnapLines = { x: ['start', 'middle', 'end'], y: ['start', 'middle', 'end'] }

/** Two lines this near each other are one. */
const SAME = 0.01

/**
 * Snaps a box to those of `others` whose edges and middles it comes within `reach` of; on each axis to the nearest.
 * `others` is what lies in view: `Board.search` of it, without what is moved.
 */
function snapToShapes(
  moving: Box,
  others: readonly Box[],
  reach: number,
  lines: SnapLines = ALL_LINES,
): Snap {
  const dx = nearest('x', moving, others, reach, lines.x)
  const dy = nearest('y', moving, others, reach, lines.y)
  const moved = { ...moving, x: moving.x + (dx ?? 0), y: moving.y + (dy ?? 0) }
  const guides = [
    ...(dx === undefined ? [] : guidesOf('x', moved, others, lines.x)),
    ...(dy === undefined ? [] : guidesOf('y', moved, others, lines.y)),
  ]
  return { dx: dx ?? 0, dy: dy ?? 0, guides }
}

/** Snaps the top left corner of a box to a grid of squares of `size`. */
function snapToGrid(moving: Box, size: number): Snap {
  const off = (value: number): number => Math.round(value / size) * size - value
  return { dx: off(moving.x), dy: off(moving.y), guides: [] }
}

type Axis = 'x' | 'y'
type Line = 'start' | 'middle' | 'end'

/** The smallest movement along an axis that brings a line of the box onto one of another. */
function nearest(
  axis: Axis,
  moving: Box,
  others: readonly Box[],
  reach: number,
  lines: readonly Line[],
): number | undefined {
  let best: number | undefined
  for (const other of others) {
    for (const target of ALL_LINES[axis]) {
      for (const line of lines) {
        const by = lineOf(axis, other, target) - lineOf(axis, moving, line)
        if (Math.abs(by) <= Math.min(reach, Math.abs(best ?? Infinity))) best = by
      }
    }
  }
  return best
}

/** A guide along each line that the box now shares with others, as long as they reach. */
function guidesOf(axis: Axis, moved: Box, others: readonly Box[], lines: readonly Line[]): Guide[] {
  const across = axis === 'x' ? 'y' : 'x'
  const guides: Guide[] = []
  for (const line of lines) {
    const at = lineOf(axis, moved, line)
    const shares = others.filter((other) =>
      ALL_LINES[axis].some((target) => Math.abs(lineOf(axis, other, target) - at) < SAME),
    )
    if (shares.length === 0) continue
    const boxes = [moved, ...shares]
    guides.push({
      axis,
      at,
      from: Math.min(...boxes.map((box) => lineOf(across, box, 'start'))),
      to: Math.max(...boxes.map((box) => lineOf(across, box, 'end'))),
    })
  }
  return guides
}

function lineOf(axis: Axis, box: Box, line: Line): number {
  const [start, length] = axis === 'x' ? [box.x, box.width] : [box.y, box.height]
  return line === 'start' ? start : line === 'middle' ? start + length / 2 : start + length
}

export const NO_SNAP: Snap = { dx: 0, dy: 0, guides: [] }

/** Distance at which a thing snaps, in CSS pixels. */
const SNAP_PIXELS = 6

/**
 * How far `moving` has to go to be in line with the edges or middles of others, each direction by itself; where none
 * is near, to the grid if `grid`.
 */
export function snapBox(moving: Box, others: readonly Box[], zoom: number, grid: boolean): Snap {
  const snap = snapToShapes(moving, others, SNAP_PIXELS / zoom)
  if (!grid) return snap
  const onGrid = snapToGrid(moving, GRID_SIZE)
  const has = (axis: Guide['axis']): boolean => snap.guides.some((guide) => guide.axis === axis)
  return {
    dx: has('x') ? snap.dx : onGrid.dx,
    dy: has('y') ? snap.dy : onGrid.dy,
    guides: snap.guides,
  }
}

/** The same for a point: a corner that is dragged, the start of a new shape. */
export function snapPoint(point: Point, others: readonly Box[], zoom: number, grid: boolean): Snap {
  return snapBox({ ...point, width: 0, height: 0 }, others, zoom, grid)
}

/** The boxes nearest to `around`, which are those one looks at; many are not all compared. */
export function nearestBoxes(boxes: readonly Box[], around: Box, count: number): readonly Box[] {
  if (boxes.length <= count) return boxes
  const middle = centreOf(around)
  const away = (box: Box): number => {
    const { x, y } = centreOf(box)
    return Math.hypot(x - middle.x, y - middle.y)
  }
  return [...boxes].sort((a, b) => away(a) - away(b)).slice(0, count)
}
