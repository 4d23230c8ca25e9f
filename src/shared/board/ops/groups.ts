/**
 * Groups. A shape carries the ids of its groups, innermost first; there is no record of a group that could point at
 * another, so no order of concurrent changes makes a circle.
 */
import type { RecordsOp } from '../../ot/records'
import type { BoardReader } from '../boardReader'
import { MAX_GROUP_DEPTH } from '../limits'
import { Edits } from './edits'
import { livingOf } from './selection'

/**
 * Makes shapes a group with the new id `groupId`. Groups among them stay, inside of it. `within`: the group whose
 * inside is being edited; the new one lies in that. Does nothing where groups would lie too deep.
 */
export function groupShapes(
  board: BoardReader,
  ids: Iterable<string>,
  groupId: string,
  within?: string,
): RecordsOp {
  const edits = new Edits()
  const shapes = livingOf(board, ids)
  if ([...shapes.values()].some(({ groups }) => groups.length >= MAX_GROUP_DEPTH)) return edits.op()
  for (const [id, shape] of shapes) {
    const outer = within === undefined ? -1 : shape.groups.indexOf(within)
    const at = outer === -1 ? shape.groups.length : outer
    edits.set(id, { groups: [...shape.groups.slice(0, at), groupId, ...shape.groups.slice(at)] })
  }
  return edits.op()
}

/** Dissolves the outermost groups that the shapes are in, or with `within` those next inside of that group. */
export function ungroupShapes(board: BoardReader, ids: Iterable<string>, within?: string): RecordsOp {
  const dissolved = new Set<string>()
  for (const shape of livingOf(board, ids).values()) {
    const limit = within === undefined ? -1 : shape.groups.indexOf(within)
    const inside = limit === -1 ? shape.groups : shape.groups.slice(0, limit)
    const outermost = inside.findLast((group) => board.inGroup(group).length > 1)
    if (outermost !== undefined) dissolved.add(outermost)
  }
  const edits = new Edits()
  for (const group of dissolved)
    for (const { id, groups } of board.inGroup(group))
      edits.set(id, { groups: groups.filter((each) => !dissolved.has(each)) })
  return edits.op()
}
