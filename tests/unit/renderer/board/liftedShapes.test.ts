import { describe, expect, it } from 'vitest'
import { LiftedShapes } from '../../../../src/renderer/board/liftedShapes'
import { deleteShapes, moveShapes } from '../../../../src/shared/board/ops'
import type { Box } from '../../../../src/shared/board/shape'
import { BoardDesk } from '../../../lib/boardDesk'

function desk() {
  const board = new BoardDesk()
  const stale: Box[] = []
  const lifted = new LiftedShapes(
    () => board.editor.board,
    () => board.clock.now(),
    (box) => stale.push(box),
  )
  board.doc.onNews((news) => lifted.take(news, () => false))
  return { board, lifted, stale }
}

const square = (i: number) =>
  ({ id: `s${i}`, type: 'rectangle', x: i * 20, y: 0, width: 10, height: 10 }) as const

describe('shapes that change often', () => {
  it('are strokes that are being drawn, until they have rested', () => {
    const { board, lifted, stale } = desk()
    board.put({ id: 'a', type: 'draw', x: 0, y: 0, path: [0, 0, 0.5] })
    expect(lifted.shapes.map(({ id }) => id)).toEqual(['a'])
    expect(stale).toEqual([])
    board.clock.advance(349)
    expect(lifted.settle()).toBe(true)
    board.clock.advance(1)
    expect(lifted.settle()).toBe(false)
    expect(lifted.has('a')).toBe(false)
    expect(stale).toHaveLength(1)
  })

  it('are forgotten when they are deleted', () => {
    const { board, lifted } = desk()
    board.put({ id: 'a', type: 'draw', x: 0, y: 0, path: [0, 0, 0.5] })
    board.doc.edit(deleteShapes(board.editor.board, ['a']))
    expect(lifted.shapes).toEqual([])
  })

  it('are not lifted where very many change at once: all they cover is painted as one', () => {
    const { board, lifted, stale } = desk()
    const ids = Array.from({ length: 600 }, (_, i) => `s${i}`)
    board.put(...ids.map((_, i) => square(i)))
    stale.length = 0
    board.doc.edit(moveShapes(board.editor.board, ids, 0, 100))
    expect(lifted.shapes).toEqual([])
    expect(stale).toHaveLength(1)
    expect(stale[0]?.x).toBeLessThan(0)
    expect((stale[0]?.x ?? 0) + (stale[0]?.width ?? 0)).toBeGreaterThan(599 * 20 + 10)
    expect(stale[0]?.height).toBeGreaterThan(110)
  })
})
