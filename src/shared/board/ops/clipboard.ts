/** Copies of shapes: duplicating, and copying between pages, rooms and windows. */
import { OtError } from '../../ot/otType'
import { recordsType, type RecordsOp } from '../../ot/records'
import type { BoardReader } from '../boardReader'
import { boundsOf } from '../geometry/bounds'
import { unionOf } from '../geometry/box'
import { MAX_LABEL_LENGTH, MAX_RECORDS } from '../limits'
import { readShape } from '../readShape'
import { compareShapes, type Binding, type Box, type Shape } from '../shape'
import { createShapes, shapeRecord } from './create'
import { asNew, type NewShape } from './props'
import { withContents } from './selection'

/** What is on the clipboard begins with this, as JSON: `{"type":"inkroom/shapes","records":{...}}`. */
export const CLIPBOARD_TYPE = 'inkroom/shapes'

/** Shapes, and what belongs to frames among them, in drawing order. */
export function copyShapes(board: BoardReader, ids: Iterable<string>): Shape[] {
  return [...withContents(board, ids).values()].sort(compareShapes)
}

/** Shapes as text for a clipboard. */
export function toClipboard(shapes: readonly Shape[]): string {
  const records = shapes.map((shape) => [
    shape.id,
    shapeRecord({ ...asNew(shape), order: shape.order ?? null }),
  ])
  return JSON.stringify({ type: CLIPBOARD_TYPE, records: Object.fromEntries(records) as unknown })
}

/** Labels of shapes as plain text, for programs that know no shapes. */
export function toPlainText(shapes: readonly Shape[]): string {
  return shapes
    .map((shape) => ('label' in shape ? shape.label : ''))
    .filter((label) => label !== '')
    .join('\n\n')
}

/** Shapes from a clipboard, in drawing order; undefined for text that is something else. */
export function fromClipboard(text: string): Shape[] | undefined {
  const records = recordsIn(text)
  if (records === undefined) return undefined
  const shapes: Shape[] = []
  for (const [id, record] of Object.entries(records).slice(0, MAX_RECORDS)) {
    const shape = parseOne(id, record)
    if (shape !== undefined && !shape.deleted) shapes.push(shape)
  }
  return shapes.sort(compareShapes)
}

function recordsIn(text: string): object | undefined {
  if (!text.startsWith(`{"type":"${CLIPBOARD_TYPE}"`)) return undefined
  try {
    const value: unknown = JSON.parse(text)
    const records: unknown = (value as { readonly records?: unknown }).records
    return typeof records === 'object' && records !== null ? records : undefined
  } catch (error) {
    // Text that only begins like ours is text.
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function parseOne(id: string, record: unknown): Shape | undefined {
  try {
    const put = recordsType.parseOp({ [id]: { put: record } })[id]?.put
    if (put === undefined || (put.texts?.['label']?.length ?? 0) > MAX_LABEL_LENGTH) return undefined
    return readShape(id, put)
  } catch (error) {
    // One record that is none does not spoil the others.
    if (error instanceof OtError) return undefined
    throw error
  }
}

/**
 * Makes copies of shapes with new ids, moved by an offset, above everything. Groups, frames and arrows among the
 * copies belong to the copies. Copies stay in a frame of this board that is not copied; arrows let go of shapes that
 * are not copied, and stay where they are drawn.
 */
export function pasteShapes(
  board: BoardReader,
  shapes: readonly Shape[],
  dx: number,
  dy: number,
  newId: () => string,
): { readonly op: RecordsOp; readonly ids: readonly string[] } {
  const ids = new Map<string, string>(shapes.map((shape) => [shape.id, newId()]))
  const groups = new Map<string, string>()
  const groupOf = (id: string): string => {
    const known = groups.get(id) ?? newId()
    groups.set(id, known)
    return known
  }
  const copies = shapes.map((shape): NewShape => {
    const frame = shape.frameId === undefined ? undefined : ids.get(shape.frameId)
    const isFrameHere = shape.frameId !== undefined && board.get(shape.frameId)?.type === 'frame'
    const copy = {
      ...asNew(shape),
      id: ids.get(shape.id) as string,
      x: shape.x + dx,
      y: shape.y + dy,
      groups: shape.groups.map(groupOf),
      frameId: frame ?? (isFrameHere ? (shape.frameId ?? null) : null),
    }
    if (shape.type !== 'arrow') return copy
    return { ...copy, start: rebound(shape.start, ids), end: rebound(shape.end, ids) }
  })
  return { op: createShapes(board, copies), ids: copies.map((copy) => copy.id) }
}

/** Copies shapes on the board they are on. */
export function duplicateShapes(
  board: BoardReader,
  ids: Iterable<string>,
  dx: number,
  dy: number,
  newId: () => string,
): { readonly op: RecordsOp; readonly ids: readonly string[] } {
  return pasteShapes(board, copyShapes(board, ids), dx, dy, newId)
}

/** The box around shapes; undefined for none. */
export function boxOfShapes(shapes: readonly Shape[]): Box | undefined {
  return unionOf(shapes.map(boundsOf))
}

function rebound(binding: Binding | undefined, ids: ReadonlyMap<string, string>): Binding | null {
  const shapeId = binding === undefined ? undefined : ids.get(binding.shapeId)
  return binding === undefined || shapeId === undefined ? null : { ...binding, shapeId }
}
