import { Board } from '../../../src/shared/board'
import { createShapes, type NewShape } from '../../../src/shared/board/ops'
import { COLOURS } from '../../../src/shared/board/palette'
import { recordsType } from '../../../src/shared/ot/records'

/** Distance between two places, in board units. What lies at a place is at most 153 by 100. */
export const PLACE_WIDTH = 190
export const PLACE_HEIGHT = 150

/** Places in a row, of which there are as many as make the board about half as wide again as it is high. */
export function columnsOf(count: number): number {
  return Math.max(1, Math.round(Math.sqrt((count * 1.5 * PLACE_HEIGHT) / PLACE_WIDTH)))
}

/** So many shapes, each at a place of its own: a third of them strokes of 60 points, the others boxes with labels. */
export function describeShapes(count: number): NewShape[] {
  const columns = columnsOf(count)
  return Array.from({ length: count }, (_, i): NewShape => {
    const x = (i % columns) * PLACE_WIDTH
    const y = Math.floor(i / columns) * PLACE_HEIGHT
    const id = `m${i}`
    const stroke = COLOURS[i % COLOURS.length] ?? 'ink'
    if (i % 3 === 0) return { id, type: 'draw', x, y: y + 50, path: wave(i), stroke }
    const box = { id, x, y, width: 150, height: 100, stroke }
    if (i % 3 === 1) return { ...box, type: 'rectangle', fill: stroke, label: `Box ${i}` }
    return { ...box, type: 'ellipse', label: `Round ${i}` }
  })
}

/** A board with {@link describeShapes}, as a room would hold it. */
export function boardOf(count: number): Board {
  const empty = recordsType.create()
  return new Board(recordsType.apply(empty, createShapes(new Board(empty), describeShapes(count))))
}

/** x, y and pressure of 60 points. */
function wave(i: number): number[] {
  return Array.from({ length: 60 }, (_, k) => [k * 2.6, 40 * Math.sin(k / (4 + (i % 5))), 0.5]).flat()
}
