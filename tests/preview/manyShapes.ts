import { Board } from '../../src/shared/board'
import { createShapes, extendStroke, type NewShape } from '../../src/shared/board/ops'
import { COLOURS } from '../../src/shared/board/palette'
import { recordsType, type RecordsOp } from '../../src/shared/ot/records'
import type { BoardPage } from '../../src/renderer/bindings/board/boardDocument'

const COUNT = 10_000
const COLUMNS = 125

/** Ten thousand shapes, a third of them strokes of 60 points, spread over 125 by 80 places. */
export function manyShapes(): RecordsOp {
  const shapes: NewShape[] = []
  for (let i = 0; i < COUNT; i++) {
    const x = (i % COLUMNS) * 190
    const y = Math.floor(i / COLUMNS) * 150
    const id = `m${i}`
    const stroke = COLOURS[i % COLOURS.length] ?? 'ink'
    if (i % 3 === 0) {
      const path: number[] = []
      for (let k = 0; k < 60; k++) path.push(k * 2.6, 40 * Math.sin(k / (4 + (i % 5))), 0.5)
      shapes.push({ id, type: 'draw', x, y: y + 50, path, stroke })
    } else if (i % 3 === 1) {
      shapes.push({
        id,
        type: 'rectangle',
        x,
        y,
        width: 150,
        height: 100,
        stroke,
        fill: stroke,
        label: `Box ${i}`,
      })
    } else shapes.push({ id, type: 'ellipse', x, y, width: 150, height: 100, stroke, label: `Round ${i}` })
  }
  return createShapes(new Board(recordsType.create()), shapes)
}

/** Ten strokes of others that grow by two points with each call. */
export function drawTen(page: BoardPage, prefix: string): () => void {
  const board = new Board(page.content)
  const edit = (op: RecordsOp): void => {
    page.edit(op)
    board.update(op, page.content)
  }
  let step = 0
  let round = 0
  return () => {
    const ids = Array.from({ length: 10 }, (_, i) => `${prefix}-${round}-${i}`)
    if (step === 0) {
      edit(
        createShapes(
          board,
          ids.map((id, i) => ({
            id,
            type: 'draw',
            x: 4000 + i * 1500,
            y: 5000 + round * 300,
            path: [0, 0, 0.5],
            stroke: 'red',
            strokeWidth: 8,
          })),
        ),
      )
    }
    step++
    for (const id of ids) {
      const at = (k: number): number[] => [k * 6, 120 * Math.sin(k / 12), 0.5]
      edit(extendStroke(board, id, [...at(step * 2), ...at(step * 2 + 1)]))
    }
    if (step === 100) {
      step = 0
      round++
    }
  }
}
