/** What an action on some shapes reaches besides them. */
import type { BoardReader } from '../boardReader'
import type { Shape } from '../shape'

/** The living shapes of `ids` and, with each frame, what belongs to it; each once, in drawing order. */
export function withContents(board: BoardReader, ids: Iterable<string>): Map<string, Shape> {
  const found = new Map<string, Shape>()
  for (const id of ids) {
    const shape = board.get(id)
    if (shape === undefined) continue
    found.set(id, shape)
    if (shape.type === 'frame') for (const inside of board.inFrame(id)) found.set(inside.id, inside)
  }
  return found
}

/** The living shapes of `ids`, each once. */
export function livingOf(board: BoardReader, ids: Iterable<string>): Map<string, Shape> {
  const found = new Map<string, Shape>()
  for (const id of ids) {
    const shape = board.get(id)
    if (shape !== undefined) found.set(id, shape)
  }
  return found
}

/**
 * What a click on `id` selects: the outermost group the shape is in, or with `within`, the one next inside of that
 * group. The shape alone where it is in no group of two or more.
 */
export function selectedBy(board: BoardReader, id: string, within?: string): string[] {
  const groups = board.get(id)?.groups ?? []
  const limit = within === undefined ? -1 : groups.indexOf(within)
  const candidates = limit === -1 ? groups : groups.slice(0, limit)
  for (const group of [...candidates].reverse()) {
    const members = board.inGroup(group)
    if (members.length > 1) return members.map((shape) => shape.id)
  }
  return board.get(id) === undefined ? [] : [id]
}

/** The shapes as things that move as one: whole groups, and shapes in none. In drawing order of their lowest. */
export function unitsOf(board: BoardReader, ids: Iterable<string>): Shape[][] {
  const units = new Map<string, Shape[]>()
  for (const [id, shape] of livingOf(board, ids)) {
    const group = [...shape.groups].reverse().find((each) => board.inGroup(each).length > 1)
    const key = group === undefined ? `shape ${id}` : `group ${group}`
    const unit = units.get(key)
    if (unit === undefined) units.set(key, [shape])
    else unit.push(shape)
  }
  return [...units.values()]
}
