import { boundsOf } from '../../../shared/board/geometry/bounds'
import { viewBox } from '../camera'
import type { Box, Point } from '../model'
import type { BoardPointer } from '../boardPointer'
import { nearestBoxes, snapPoint } from '../snapping'
import type { ToolHost } from './toolHost'

/** Shapes compared while snapping. */
const MAX_COMPARED = 60
/** The part of the board that is compared: what a large screen shows. */
const SCREEN = { width: 1600, height: 1000 }

/** True where things snap now: Ctrl turns the setting around. */
export function snapsNow(host: ToolHost, pointer: Pick<BoardPointer, 'mod'>): boolean {
  return host.isSnapping !== pointer.mod
}

/** Boxes that something in hand can be in line with. */
export function snapTargets(host: ToolHost, around: Box, without: ReadonlySet<string>): readonly Box[] {
  const boxes = host.board
    .search(viewBox(host.camera, SCREEN))
    .filter(({ id, type }) => !without.has(id) && type !== 'draw' && type !== 'highlight' && type !== 'arrow')
    .map(boundsOf)
  return nearestBoxes(boxes, around, MAX_COMPARED)
}

/** Where the pointer means to be, with guides shown for what it is in line with. */
export function snapPointer(host: ToolHost, pointer: BoardPointer, ownId?: string): Point {
  if (!snapsNow(host, pointer)) {
    host.show({ guides: [] })
    return pointer.point
  }
  const around = { ...pointer.point, width: 0, height: 0 }
  const targets = snapTargets(host, around, new Set(ownId === undefined ? [] : [ownId]))
  const { dx, dy, guides } = snapPoint(pointer.point, targets, host.camera.zoom, host.hasGrid)
  host.show({ guides })
  return { x: pointer.point.x + dx, y: pointer.point.y + dy }
}
