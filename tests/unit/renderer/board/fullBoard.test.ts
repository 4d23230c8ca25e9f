import { describe, expect, it } from 'vitest'
import { MAX_LINE_POINTS, MAX_RECORDS } from '../../../../src/shared/board/limits'
import { deleteShapes, type NewShape } from '../../../../src/shared/board/ops'
import { BoardDesk } from '../../../lib/boardDesk'

const box = (id: string, props: Partial<NewShape> = {}): NewShape => ({
  id,
  type: 'rectangle',
  x: 0,
  y: 0,
  width: 100,
  height: 100,
  fill: 'blue',
  ...props,
})

/** A desk whose board holds as many shapes as it may. */
function fullDesk(): BoardDesk {
  const desk = new BoardDesk()
  desk.put(
    ...Array.from({ length: MAX_RECORDS }, (_, i) =>
      box(`s${i}`, { x: 200 * (i % 250), y: 200 * Math.floor(i / 250) }),
    ),
  )
  return desk
}

describe('X25: a board without room for another shape', () => {
  const desk = fullDesk()

  it('X25: tells so, and makes nothing', () => {
    desk.tool('rectangle').drag([10, 10], [60, 60])
    expect(desk.shapes).toHaveLength(MAX_RECORDS)
    expect(desk.problems).toContain('board-full')
  })

  it.each(['draw', 'highlight', 'line', 'arrow', 'rectangle', 'note', 'text', 'frame'] as const)(
    'X25: lets undo work after %s was tried on it',
    (tool) => {
      desk.tool(tool).drag([10, 10], [60, 60])
      desk.tool('select')
      desk.editor.select(['s5'])
      desk.commands.remove()
      expect(desk.shape('s5')).toBeUndefined()
      desk.editor.undo()
      expect(desk.shape('s5')).toBeDefined()
    },
  )

  it('X25: has none either for a copy that is dragged off', () => {
    desk.tool('select')
    desk.editor.select(['s0'])
    desk.problems.length = 0
    desk.drag([50, 50], [90, 90], { alt: true })
    expect(desk.shapes).toHaveLength(MAX_RECORDS)
    expect(desk.problems).toEqual(['board-full'])
  })

  it('X25: counts deleted shapes until they are purged, as the authority does', () => {
    const { board } = desk.editor
    desk.editor.edit(
      deleteShapes(
        board,
        board.ordered.slice(1).map(({ id }) => id),
      ),
    )
    expect(desk.shapes).toHaveLength(1)
    desk.problems.length = 0
    expect(desk.editor.hasRoom()).toBe(false)
    expect(desk.problems).toEqual(['board-full'])
  })
})

it('a line made by clicks ends where it has as many points as a line may have', () => {
  const desk = new BoardDesk().tool('line')
  for (let i = 0; i < MAX_LINE_POINTS + 20; i++) desk.click((i % 40) * 25, 10 + Math.floor(i / 40) * 30)
  desk.doubleClick(500, 700)
  const lines = desk.shapes.filter(({ type }) => type === 'line')
  expect(lines.length).toBeGreaterThan(0)
  for (const line of lines)
    expect(line.type === 'line' && line.points.length).toBeLessThanOrEqual(2 * MAX_LINE_POINTS)
})

describe('locked shapes', () => {
  it('X26: stay where the frame or group around them is deleted', () => {
    const desk = new BoardDesk()
    desk.put(
      { id: 'frame', type: 'frame', x: 0, y: 0, width: 400, height: 400 },
      box('kept', { frameId: 'frame', locked: true }),
      box('gone', { frameId: 'frame', x: 150 }),
    )
    desk.editor.select(['frame'])
    desk.commands.remove()
    expect(desk.shapes.map(({ id }) => id)).toEqual(['kept'])
  })

  it('X26: stay where another shape of their group is erased', () => {
    const desk = new BoardDesk()
    desk.put(box('kept', { groups: ['g'], locked: true, x: 200 }), box('gone', { groups: ['g'] }))
    desk.tool('eraser').click(50, 50)
    expect(desk.shapes.map(({ id }) => id)).toEqual(['kept'])
  })
})
