import type { RecordsOp } from '../../ot/records'
import type { BoardReader } from '../boardReader'
import { Edits } from './edits'
import type { ShapeProps } from './props'
import { livingOf } from './selection'

/** Writes the same properties to many shapes. Nothing is written to shapes that do not have the property. */
export function setProps(board: BoardReader, ids: Iterable<string>, props: ShapeProps): RecordsOp {
  const edits = new Edits()
  for (const [id, shape] of livingOf(board, ids)) {
    const fitting = Object.entries(props).filter(([key]) => !OPTIONAL.has(key) || key in shape)
    if (fitting.length > 0) edits.set(id, Object.fromEntries(fitting))
  }
  return edits.op()
}

/** Keeps shapes from being selected, moved and erased by tools, or lets them again. */
export function setLocked(board: BoardReader, ids: Iterable<string>, locked: boolean): RecordsOp {
  return setProps(board, ids, { locked })
}

/** Properties that not all shapes have. */
const OPTIONAL: ReadonlySet<string> = new Set<keyof ShapeProps>([
  'align',
  'assetId',
  'closed',
  'curved',
  'end',
  'endHead',
  'flipX',
  'flipY',
  'font',
  'fontSize',
  'hasPressure',
  'points',
  'round',
  'scaleX',
  'scaleY',
  'start',
  'startHead',
  'verticalAlign',
  'wraps',
])
