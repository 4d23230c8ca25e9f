import type { RecordsOp } from '../../ot/records'
import type { BoardReader } from '../boardReader'
import { boundsOf } from '../geometry/bounds'
import { boxesTouch, boxHasPoint, centreOf } from '../geometry/box'
import type { FrameShape, Shape } from '../shape'
import { Edits } from './edits'
import { livingOf } from './selection'

/** Puts each shape into the topmost frame that its middle lies in, or out of any: for what was drawn or dropped. */
export function settleInFrames(board: BoardReader, ids: Iterable<string>): RecordsOp {
  const edits = new Edits()
  const frames = board.ordered.filter((shape) => shape.type === 'frame')
  for (const [id, shape] of livingOf(board, ids)) {
    if (shape.type === 'frame') continue
    const middle = centreOf(boundsOf(shape))
    const frame = frames.findLast((each) => boxHasPoint(each.box, middle))
    if (shape.frameId !== frame?.id) edits.set(id, { frameId: frame?.id ?? null })
  }
  return edits.op()
}

/**
 * The frame that a shape is clipped to. None where the frame is gone, or where the shape has come to lie outside of
 * it, as when somebody moved the frame while somebody else drew in it: clipped, it could not be seen.
 */
export function clippingFrame(board: BoardReader, shape: Shape): FrameShape | undefined {
  const frame = shape.frameId === undefined ? undefined : board.get(shape.frameId)
  return frame?.type === 'frame' && boxesTouch(frame.box, boundsOf(shape)) ? frame : undefined
}
