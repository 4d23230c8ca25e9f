/**
 * Limits of a board. The authority refuses what goes beyond them (`boardRule`), tools do not make it, and the reader
 * clamps it, so that a board is safe to draw wherever its content came from.
 */

/** Farthest from the origin a coordinate may be, in board units. A canvas still tells neighbouring pixels apart there. */
export const MAX_COORDINATE = 10_000_000
/** Largest width and height of a shape. */
export const MAX_SIZE = 1_000_000
export const MIN_SIZE = 1
/** Points of one stroke; a pen that draws on goes on in a new record. Half a minute of a fast pen. */
export const MAX_STROKE_POINTS = 4096
/** Points of one line or arrow: they are one property, which is written whole. */
export const MAX_LINE_POINTS = 500
/** Longest label, in UTF-16 units. */
export const MAX_LABEL_LENGTH = 20_000
/** How deep groups may lie in groups. */
export const MAX_GROUP_DEPTH = 16
/** Records of one board, deleted ones that are not purged yet among them. */
export const MAX_RECORDS = 50_000
/** Largest factor a stroke may be scaled by. */
export const MAX_SCALE = 10_000
/** Distance between an arrow's end and the shape that holds it, unless said otherwise, and at most. */
export const DEFAULT_GAP = 4
export const MAX_GAP = 1000

export function clamp(value: number, low: number, high: number): number {
  return value < low ? low : value > high ? high : value
}
