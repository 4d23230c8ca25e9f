import type { RecordsOp } from '../../ot/records'
import type { BoardReader } from '../boardReader'
import { canHold, type Holder } from '../geometry/arrowRoute'
import { fractionsAt } from '../geometry/box'
import { outlineOf } from '../geometry/outline'
import { distanceToPath } from '../geometry/hit'
import { isInside } from '../geometry/vector'
import { DEFAULT_GAP } from '../limits'
import type { Binding, Point, Shape } from '../shape'
import { Edits } from './edits'

/** How near the middle of a shape, in fractions of its box, an arrow is taken to point at the middle. */
const MIDDLE = 0.15

/**
 * What would hold an arrow's end that is let go at `point`: the topmost of `candidates`, which come topmost first,
 * that has the point inside or within `reach` of its outline. Frames hold arrows at their edges only.
 */
export function bindingAt(candidates: readonly Shape[], point: Point, reach: number): Binding | undefined {
  const holder = candidates.find((shape): shape is Holder => canHold(shape) && reaches(shape, point, reach))
  if (holder === undefined) return undefined
  const at = fractionsAt(holder.box, holder.angle, point)
  const isMiddle = Math.abs(at.x - 0.5) < MIDDLE && Math.abs(at.y - 0.5) < MIDDLE
  return {
    shapeId: holder.id,
    anchor: isMiddle ? { x: 0.5, y: 0.5 } : at,
    gap: DEFAULT_GAP,
    exact: false,
  }
}

/** Lets a shape hold an end of an arrow, or with `undefined` lets go of it: then it stays where it is drawn. */
export function bindEnd(
  board: BoardReader,
  arrowId: string,
  end: 'start' | 'end',
  binding: Binding | undefined,
): RecordsOp {
  const arrow = board.get(arrowId)
  if (arrow?.type !== 'arrow') return {}
  const { x, y, points } = arrow
  return new Edits().set(arrowId, { x, y, points, [end]: binding ?? null }).op()
}

function reaches(shape: Holder, point: Point, reach: number): boolean {
  const outline = outlineOf(shape)
  const edge = outline[0] === undefined ? outline : [...outline, outline[0]]
  if (distanceToPath(point, edge) <= reach) return true
  return shape.type !== 'frame' && isInside(point, outline)
}
