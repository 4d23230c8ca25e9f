import { orderBetween, type RecordsOp } from '../../ot/records'
import type { BoardReader } from '../boardReader'
import { boundsOf } from '../geometry/bounds'
import { boxesTouch } from '../geometry/box'
import type { Shape } from '../shape'
import { Edits } from './edits'
import { livingOf } from './selection'

export type Reorder = 'front' | 'back' | 'forward' | 'backward'

/**
 * Changes how shapes cover others. They keep their order among themselves. `forward` and `backward` go past the next
 * shape that overlaps one of them: going past one that does not would show nothing.
 */
export function reorderShapes(board: BoardReader, ids: Iterable<string>, how: Reorder): RecordsOp {
  const moving = livingOf(board, ids)
  const order = board.ordered
  const others = order.filter((shape) => !moving.has(shape.id))
  const index = placeFor(order, others, moving, how)
  if (moving.size === 0 || index === undefined) return new Edits().op()
  const moved = order.filter((shape) => moving.has(shape.id))
  const items = others.map(({ id, order: key }) => ({ id, key }))
  const { keys, rekeyed } = orderBetween(items, index, moved.length)
  const edits = new Edits()
  for (const { id, key } of rekeyed) edits.set(id, { order: key })
  moved.forEach((shape, i) => edits.set(shape.id, { order: keys[i] as string }))
  return edits.op()
}

/** Index among `others` that the moved shapes go before; undefined where there is nothing to go past. */
function placeFor(
  order: readonly Shape[],
  others: readonly Shape[],
  moving: ReadonlyMap<string, Shape>,
  how: Reorder,
): number | undefined {
  const bounds = [...moving.values()].map(boundsOf)
  const isPassed = (shape: Shape): boolean =>
    !moving.has(shape.id) && bounds.some((box) => boxesTouch(box, boundsOf(shape)))
  switch (how) {
    case 'front':
      return others.length
    case 'back':
      return 0
    case 'forward': {
      const highest = order.findLastIndex((shape) => moving.has(shape.id))
      const passed = order.find((shape, i) => i > highest && isPassed(shape))
      return passed === undefined ? undefined : others.indexOf(passed) + 1
    }
    case 'backward': {
      const lowest = order.findIndex((shape) => moving.has(shape.id))
      const passed = order.findLast((shape, i) => i < lowest && isPassed(shape))
      return passed === undefined ? undefined : others.indexOf(passed)
    }
  }
}
