import type { RecordsOp } from '../../ot/records'
import type { BoardReader } from '../boardReader'
import { boundsOf } from '../geometry/bounds'
import { unionOf } from '../geometry/box'
import type { Box, Shape } from '../shape'
import { moveEach } from './move'
import { unitsOf, withContents } from './selection'

export type Alignment = 'left' | 'center' | 'right' | 'top' | 'middle' | 'bottom'

/** Aligns shapes with the box around them. Groups move as one, and arrows follow the shapes that hold them. */
export function alignShapes(board: BoardReader, ids: Iterable<string>, how: Alignment): RecordsOp {
  const units = boxedUnits(board, ids)
  const whole = unionOf(units.map(({ box }) => box))
  if (whole === undefined) return moveEach([])
  return moveUnits(
    board,
    units.map(({ shapes, box }) => {
      switch (how) {
        case 'left':
          return { shapes, dx: whole.x - box.x, dy: 0 }
        case 'center':
          return { shapes, dx: whole.x + whole.width / 2 - box.x - box.width / 2, dy: 0 }
        case 'right':
          return { shapes, dx: whole.x + whole.width - box.x - box.width, dy: 0 }
        case 'top':
          return { shapes, dx: 0, dy: whole.y - box.y }
        case 'middle':
          return { shapes, dx: 0, dy: whole.y + whole.height / 2 - box.y - box.height / 2 }
        case 'bottom':
          return { shapes, dx: 0, dy: whole.y + whole.height - box.y - box.height }
      }
    }),
  )
}

/** Moves shapes so that the gaps between them are equal; the first and the last stay. As {@link alignShapes}. */
export function distributeShapes(
  board: BoardReader,
  ids: Iterable<string>,
  axis: 'horizontal' | 'vertical',
): RecordsOp {
  const isAcross = axis === 'horizontal'
  const start = (box: Box): number => (isAcross ? box.x : box.y)
  const length = (box: Box): number => (isAcross ? box.width : box.height)
  const middle = (box: Box): number => start(box) + length(box) / 2
  const units = boxedUnits(board, ids).sort((a, b) => middle(a.box) - middle(b.box))
  const [first, last] = [units[0], units.at(-1)]
  if (first === undefined || last === undefined || units.length < 3) return moveEach([])
  const whole = start(last.box) + length(last.box) - start(first.box)
  const gap = (whole - units.reduce((sum, { box }) => sum + length(box), 0)) / (units.length - 1)
  let at = start(first.box)
  return moveUnits(
    board,
    units.map(({ shapes, box }) => {
      const by = at - start(box)
      at += length(box) + gap
      return isAcross ? { shapes, dx: by, dy: 0 } : { shapes, dx: 0, dy: by }
    }),
  )
}

interface Unit {
  readonly shapes: readonly Shape[]
  readonly box: Box
}

function boxedUnits(board: BoardReader, ids: Iterable<string>): Unit[] {
  const units = unitsOf(board, ids).filter(([first, second]) => second !== undefined || !isHung(board, first))
  return units.map((shapes) => ({ shapes, box: unionOf(shapes.map(boundsOf)) as Box }))
}

/** True for an arrow that shapes hold at both ends: it has no place of its own, and takes no room. */
function isHung(board: BoardReader, shape: Shape | undefined): boolean {
  if (shape?.type !== 'arrow') return false
  return [shape.start, shape.end].every((end) => end !== undefined && board.get(end.shapeId) !== undefined)
}

/** Moves each unit, with what belongs to frames in it, unless that is selected itself. */
function moveUnits(
  board: BoardReader,
  units: readonly { readonly shapes: readonly Shape[]; readonly dx: number; readonly dy: number }[],
): RecordsOp {
  const moves = new Map<string, readonly [Shape, number, number]>()
  for (const { shapes, dx, dy } of units)
    for (const shape of shapes) if (dx !== 0 || dy !== 0) moves.set(shape.id, [shape, dx, dy])
  const selected = new Set(units.flatMap(({ shapes }) => shapes.map((shape) => shape.id)))
  for (const { shapes, dx, dy } of units)
    for (const [id, shape] of withContents(
      board,
      shapes.map((each) => each.id),
    ))
      if (!selected.has(id) && (dx !== 0 || dy !== 0)) moves.set(id, [shape, dx, dy])
  return moveEach([...moves.values()])
}
