import { OtError, type OtType } from './otType'

/**
 * Where a person is in a page: positions of the page's document type, in order. In a text, anchor and head of each
 * selection range, main range first; on a board, what is selected. At most {@link MAX_PLACE}.
 */
export type Place<Position> = readonly Position[]

/** Positions of 32 selection ranges: more cursors than anybody can read. */
export const MAX_PLACE = 64

type PositionType<Op, Position> = Pick<OtType<unknown, Op, Position>, 'parsePosition' | 'transformPosition'>

/** Parses a place from outside. Throws OtError `position-malformed`. */
export function parsePlace<Op, Position>(type: PositionType<Op, Position>, value: unknown): Place<Position> {
  if (!Array.isArray(value) || value.length > MAX_PLACE) {
    throw new OtError('position-malformed', `a place is a list of at most ${MAX_PLACE} positions`)
  }
  return value.map((position) => type.parsePosition(position))
}

/** Where a place is after `op`; `own` for the place of the op's author. */
export function transformPlace<Op, Position>(
  type: PositionType<Op, Position>,
  place: Place<Position>,
  op: Op,
  own = false,
): Place<Position> {
  return place.map((position) => type.transformPosition(position, op, own))
}
