import { bindingAt } from '../../../shared/board/ops'
import type { Binding } from '../../../shared/board/shape'
import type { Point } from '../model'
import type { ToolHost } from './toolHost'

/** How far outside of a shape an arrow's end is still held by it, in CSS pixels. */
const REACH = 10

/** What would hold an arrow's end that is let go at `point`. */
export function holdAt(
  { board, camera }: Pick<ToolHost, 'board' | 'camera'>,
  point: Point,
  arrowId?: string,
): Binding | undefined {
  const reach = REACH / camera.zoom
  const around = { x: point.x - reach, y: point.y - reach, width: 2 * reach, height: 2 * reach }
  const candidates = board.search(around).filter(({ id }) => id !== arrowId)
  return bindingAt(candidates.reverse(), point, reach)
}
