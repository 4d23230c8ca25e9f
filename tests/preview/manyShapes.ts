import { Board } from '../../src/shared/board'
import { createShapes, extendStroke } from '../../src/shared/board/ops'
import { describeShapes } from '../../tools/bench/board/manyShapes'
import { recordsType, type RecordsOp } from '../../src/shared/ot/records'
import type { BoardPage } from '../../src/renderer/bindings/board/boardDocument'

/** Ten thousand shapes. */
export function manyShapes(): RecordsOp {
  return createShapes(new Board(recordsType.create()), describeShapes(10_000))
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
