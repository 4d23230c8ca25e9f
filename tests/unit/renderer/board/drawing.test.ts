import { beforeEach, describe, expect, it } from 'vitest'
import { STROKE_STRIDE } from '../../../../src/shared/board'
import { MAX_STROKE_POINTS } from '../../../../src/shared/board/limits'
import { BoardDesk, boardHub } from '../../../lib/boardDesk'

let desk: BoardDesk
beforeEach(() => {
  desk = new BoardDesk()
})

describe('pen', () => {
  it('shows a stroke to others while it is drawn', () => {
    const hub = boardHub()
    const [anna, ben] = [new BoardDesk(hub, 'anna'), new BoardDesk(hub, 'ben')]
    anna.tool('draw').down(0, 0).move(10, 5)
    const seen = ben.shapes[0]
    expect(seen?.type === 'draw' && seen.points.length / STROKE_STRIDE).toBe(2)
    anna.move(20, 5)
    const later = ben.shapes[0]
    expect(later?.type === 'draw' && later.points.length / STROKE_STRIDE).toBe(3)
  })

  it('makes one step of one stroke', () => {
    desk.tool('draw').down(0, 0).move(10, 5).move(20, 5).up(30, 5)
    desk.editor.undo()
    expect(desk.shapes).toEqual([])
    desk.editor.redo()
    expect(desk.shapes).toHaveLength(1)
    expect(desk.doc.canRedo.value).toBe(false)
  })

  it('leaves nothing behind when a second finger comes down', () => {
    desk.tool('draw').down(0, 0).move(10, 5)
    desk.editor.tool.cancel()
    expect(desk.shapes).toEqual([])
    desk.move(50, 50)
    expect(desk.shapes).toEqual([])
  })

  it('keeps the pressure of a pen and stays chosen', () => {
    desk.tool('draw').drag([0, 0], [40, 0], { kind: 'pen' })
    expect(desk.shapes[0]).toMatchObject({ type: 'draw', hasPressure: true })
    expect(desk.editor.toolName.value).toBe('draw')
  })

  it('ends as broad as it was drawn, since a pen that is lifted has no pressure', () => {
    const at = (x: number, pressure: number) => ({ kind: 'pen', trail: [{ x, y: 0, pressure }] }) as const
    desk.tool('draw').down(0, 0, at(0, 0.4)).move(10, 0, at(10, 0.8)).up(14, 0, at(14, 0))
    const [stroke] = desk.shapes
    expect(stroke?.type === 'draw' && stroke.points).toEqual([0, 0, 0.4, 10, 0, 0.8, 14, 0, 0.8])
  })

  it('goes on in another stroke where one is full', () => {
    desk.tool('draw').down(0, 0)
    for (let i = 0; i < 21; i++) {
      const trail = Array.from({ length: 200 }, (_, k) => ({ x: i * 400 + k * 2, y: k % 7, pressure: 0.5 }))
      desk.move(i * 400 + 400, 0, { trail })
    }
    desk.up(8400, 0)
    expect(desk.shapes).toHaveLength(2)
    expect(desk.shapes[0]?.groups).toEqual(desk.shapes[1]?.groups)
    desk.editor.undo()
    expect(desk.shapes).toEqual([])
  })

  it('is split into strokes of the allowed length where a million points come', { timeout: 60_000 }, () => {
    const points = (from: number, count: number) =>
      Array.from({ length: count }, (_, k) => ({ x: from + k, y: k % 5, pressure: 0.5 }))
    desk.tool('draw').down(0, 0)
    // As many at once as no device sends, and then in the batches of a fast one.
    desk.move(500_000, 0, { trail: points(1, 500_000) })
    for (let at = 500_001; at < 1_000_000; at += 50_000) desk.move(at, 0, { trail: points(at, 50_000) })
    desk.up(1_000_001, 0)
    const lengths = desk.shapes.map((shape) =>
      shape.type === 'draw' ? shape.points.length / STROKE_STRIDE : 0,
    )
    expect(Math.max(...lengths)).toBe(MAX_STROKE_POINTS)
    expect(lengths.reduce((sum, length) => sum + length, 0)).toBeGreaterThan(1_000_000)
    expect(new Set(desk.shapes.flatMap(({ groups }) => groups)).size).toBe(1)
    desk.editor.undo()
    expect(desk.shapes).toEqual([])
  })

  it('does not break where somebody deletes the stroke for good while it is drawn', () => {
    desk.tool('draw').down(0, 0).move(10, 0)
    const id = desk.shapes[0]?.id ?? ''
    const other = new BoardDesk(desk.hub, 'ben')
    other.page.edit({ [id]: { purge: true } })
    desk.move(20, 0).up(30, 0)
    expect(desk.shapes).toEqual([])
  })
})

describe('shape tools', () => {
  it('draw a box from corner to corner, whichever way it is dragged, and go back to selecting it', () => {
    desk.tool('rectangle').drag([200, 150], [100, 50])
    const [shape] = desk.shapes
    expect(shape).toMatchObject({ type: 'rectangle', box: { x: 100, y: 50, width: 100, height: 100 } })
    expect(desk.editor.toolName.value).toBe('select')
    expect(desk.editor.selected).toEqual([shape?.id])
  })

  it('draw a square with Shift, and from the middle with Alt', () => {
    desk.tool('ellipse').drag([100, 100], [160, 120], { shift: true })
    expect(desk.shapes[0]?.box).toEqual({ x: 100, y: 100, width: 60, height: 60 })
    desk.tool('diamond').drag([100, 100], [160, 120], { alt: true })
    expect(desk.shapes[1]?.box).toEqual({ x: 40, y: 80, width: 120, height: 40 })
  })

  it('make a shape of the usual size at a click', () => {
    desk.tool('rectangle').click(300, 300)
    expect(desk.shapes[0]?.box).toEqual({ x: 220, y: 250, width: 160, height: 100 })
  })

  it('are one step of undo for a whole drag', () => {
    desk.tool('rectangle').drag([0, 0], [100, 100])
    desk.editor.undo()
    expect(desk.shapes).toEqual([])
    expect(desk.doc.canUndo.value).toBe(false)
  })

  it('stay chosen where the tool is kept', () => {
    desk.editor.keepsTool.set(true)
    desk.tool('rectangle').drag([0, 0], [100, 100])
    expect(desk.editor.toolName.value).toBe('rectangle')
  })

  it('put what is drawn in a frame into the frame', () => {
    desk.put({ id: 'f', type: 'frame', x: 0, y: 0, width: 500, height: 500 })
    desk.tool('rectangle').drag([100, 100], [200, 200])
    expect(desk.shapes[1]?.frameId).toBe('f')
  })

  it('snap to the grid where it is shown', () => {
    desk.editor.snapping.set(true)
    desk.editor.grid.set(true)
    desk.tool('rectangle').drag([97, 103], [198, 161])
    expect(desk.shapes[0]?.box).toEqual({ x: 100, y: 100, width: 100, height: 60 })
  })

  it('draw nothing for a person who may only read', () => {
    desk.editor.canWrite.set(false)
    desk.tool('rectangle').drag([0, 0], [100, 100])
    desk.tool('draw').drag([0, 0], [100, 100])
    expect(desk.shapes).toEqual([])
  })

  it('begin to write in a note where it is put', () => {
    desk.tool('note').click(500, 500)
    expect(desk.shapes[0]).toMatchObject({ type: 'note', fill: 'yellow' })
    expect(desk.editor.editing.value).toBe(desk.shapes[0]?.id)
  })

  it('take a text away again that nobody wrote', () => {
    desk.tool('text').click(100, 100)
    expect(desk.shapes).toHaveLength(1)
    desk.editor.stopEditing()
    expect(desk.shapes).toEqual([])
  })
})

describe('arrow', () => {
  beforeEach(() => {
    desk.put(
      { id: 'a', type: 'rectangle', x: 0, y: 0, width: 100, height: 100, fill: 'blue' },
      { id: 'b', type: 'rectangle', x: 300, y: 0, width: 100, height: 100, fill: 'blue' },
    )
  })

  it('is held by the shapes it goes between and follows them', () => {
    desk.tool('arrow').drag([50, 50], [350, 50])
    const arrow = desk.shapes[2]
    expect(arrow).toMatchObject({ type: 'arrow', start: { shapeId: 'a' }, end: { shapeId: 'b' } })
    const before = arrow?.box.width ?? 0
    desk.editor.select(['b'])
    desk.commands.nudge(100, 0)
    expect(desk.shapes[2]?.box.width).toBeCloseTo(before + 100, 0)
  })

  it('is held by nothing with Ctrl', () => {
    desk.tool('arrow').drag([50, 50], [350, 50], { mod: true })
    const [, , arrow] = desk.shapes
    expect(arrow?.type === 'arrow' && (arrow.start ?? arrow.end)).toBeUndefined()
  })

  it('is not held at both ends by one shape', () => {
    desk.tool('arrow').drag([10, 50], [90, 50])
    const [, , arrow] = desk.shapes
    expect(arrow?.type === 'arrow' && arrow.end).toBeUndefined()
  })

  it('goes through each place that is clicked, until it is ended', () => {
    desk.tool('line').click(500, 500).click(600, 600).click(700, 500)
    desk.editor.tool.leave?.()
    const [, , line] = desk.shapes
    expect(line?.type === 'line' && line.points).toEqual([0, 0, 100, 100, 200, 0])
    desk.editor.undo()
    expect(desk.shapes).toHaveLength(2)
  })
})

describe('a line made click by click', () => {
  const pointsOf = () => desk.shapes.map((shape) => (shape.type === 'line' ? shape.points : undefined))

  it('stays, without the press that was called off, when a second finger comes down', () => {
    desk.tool('line').click(500, 500).click(600, 600).click(700, 500)
    desk.down(800, 600).move(820, 620)
    desk.editor.tool.cancel()
    expect(pointsOf()).toEqual([[0, 0, 100, 100, 200, 0]])
    desk.click(800, 500).press('Enter')
    expect(pointsOf()).toEqual([[0, 0, 100, 100, 200, 0, 300, 0]])
    desk.editor.undo()
    expect(desk.shapes).toEqual([])
  })

  it('stays when the board leaves the screen', () => {
    desk.tool('line').click(500, 500).click(600, 600).click(700, 500)
    desk.editor.putDown()
    expect(pointsOf()).toEqual([[0, 0, 100, 100, 200, 0]])
    expect(desk.doc.isInStep).toBe(false)
  })
})

describe('laser pointer', () => {
  it('goes out when it is lifted, and when what it did is called off', () => {
    const seen: unknown[] = []
    desk.editor.onLaser = (at) => seen.push(at)
    desk.tool('laser').down(1, 1).up(1, 1)
    desk.down(2, 2)
    desk.editor.tool.cancel()
    expect(seen).toEqual([{ x: 1, y: 1 }, undefined, { x: 2, y: 2 }, undefined])
  })
})

describe('somebody who may not write any more', () => {
  it('takes nothing back and does nothing again', () => {
    desk.tool('rectangle').drag([0, 0], [50, 50])
    desk.tool('rectangle').drag([100, 0], [150, 50])
    desk.editor.undo()
    desk.editor.allowWriting(false)
    const { log } = desk.hub
    const before = log.length
    desk.editor.undo()
    desk.editor.redo()
    expect(log).toHaveLength(before)
    desk.editor.allowWriting(true)
    desk.editor.redo()
    expect(desk.shapes).toHaveLength(2)
  })

  it('ends what is under way where it is, without another edit', () => {
    desk.tool('draw').down(0, 0).move(10, 5).move(20, 5)
    const before = desk.hub.log.length
    desk.editor.allowWriting(false)
    expect(desk.hub.log).toHaveLength(before)
    expect([desk.editor.toolName.value, desk.doc.isInStep]).toEqual(['hand', false])
  })

  it('writes in no label', () => {
    desk.put({ id: 'n', type: 'note', x: 0, y: 0, width: 100, height: 100, label: 'Hello' })
    desk.editor.chooseTool('select')
    desk.editor.editLabel('n')
    desk.editor.allowWriting(false)
    expect(desk.editor.editing.value).toBeUndefined()
  })
})

describe('eraser', () => {
  it('deletes everything between two moves as one step, but nothing that is locked', () => {
    desk.put(
      { id: 'a', type: 'line', x: 50, y: 0, points: [0, 0, 0, 100] },
      { id: 'b', type: 'line', x: 100, y: 0, points: [0, 0, 0, 100] },
      { id: 'c', type: 'line', x: 150, y: 0, points: [0, 0, 0, 100], locked: true },
    )
    desk.tool('eraser').down(0, 50).move(200, 50).up(200, 50)
    expect(desk.shapes.map(({ id }) => id)).toEqual(['c'])
    desk.editor.undo()
    expect(desk.shapes).toHaveLength(3)
  })
})

describe('the eraser end of a pen', () => {
  it('erases as one step whatever tool is chosen, which then comes back', () => {
    desk.put({ id: 'a', type: 'rectangle', x: 0, y: 0, width: 100, height: 100, fill: 'red' })
    desk.tool('draw')
    desk.editor.borrowEraser()
    desk.drag([50, 50], [60, 60])
    desk.editor.returnEraser()
    expect(desk.shapes).toEqual([])
    expect(desk.editor.toolName.value).toBe('draw')
    desk.editor.undo()
    expect(desk.shapes).toHaveLength(1)
    desk.editor.returnEraser()
    expect(desk.editor.toolName.value).toBe('draw')
  })
})
