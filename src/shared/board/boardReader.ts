import type { RecordValue } from '../ot/records'
import type { ArrowShape, Shape } from './shape'

/** What makers of ops have to know of a board. Deleted shapes are not there. */
export interface BoardReader {
  /** All shapes in the order they are drawn, lowest first. Do not keep it: it changes with the board. */
  readonly ordered: readonly Shape[]
  /** A shape; an arrow as it is drawn, with its bound ends where they are. */
  get(id: string): Shape | undefined
  /** The record of a shape. */
  record(id: string): RecordValue | undefined
  /** Arrows that have an end held by shape `id`. */
  arrowsAt(id: string): readonly ArrowShape[]
  /** Shapes in group `id`, in drawing order: fewer than two are no group. */
  inGroup(id: string): readonly Shape[]
  /** Shapes that belong to frame `id`, in drawing order. */
  inFrame(id: string): readonly Shape[]
}
