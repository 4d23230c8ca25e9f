import { beforeEach, describe, expect, it } from 'vitest'
import { pressKey } from '../../../../src/renderer/board/boardKeys'
import { frameAround } from '../../../../src/renderer/board/handles'
import { rotateShapes } from '../../../../src/shared/board/ops'
import type { ArrowShape } from '../../../../src/shared/board/shape'
import { resizedBox } from '../../../../src/renderer/board/tools/frameGestures'
import { BoardDesk, boardHub } from '../../../lib/boardDesk'

let desk: BoardDesk
beforeEach(() => {
  desk = new BoardDesk()
  desk.put(
    { id: 'a', type: 'rectangle', x: 0, y: 0, width: 100, height: 100, fill: 'blue' },
    { id: 'b', type: 'rectangle', x: 300, y: 0, width: 100, height: 100, fill: 'blue' },
    { id: 'c', type: 'rectangle', x: 0, y: 300, width: 100, height: 100 },
  )
})

const press = (key: string, more: Partial<KeyboardEvent> = {}): boolean =>
  pressKey(
    {
      key,
      code: /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : key,
      ctrlKey: false,
      metaKey: false,
      altKey: false,
      shiftKey: false,
      ...more,
    },
    desk.editor,
    desk.commands,
    () => undefined,
    false,
  )

describe('select tool', () => {
  it('selects what is clicked, more with Shift, and nothing on empty paper', () => {
    desk.click(50, 50)
    expect(desk.editor.selected).toEqual(['a'])
    desk.click(350, 50, { shift: true })
    expect(desk.editor.selected).toEqual(['a', 'b'])
    desk.click(350, 50, { shift: true })
    expect(desk.editor.selected).toEqual(['a'])
    desk.click(600, 600)
    expect(desk.editor.selected).toEqual([])
  })

  it('meets a shape without a fill at its line only', () => {
    desk.click(50, 350)
    expect(desk.editor.selected).toEqual([])
    desk.click(0, 350)
    expect(desk.editor.selected).toEqual(['c'])
  })

  it('selects what the marquee touches', () => {
    desk.drag([-50, -50], [320, 120])
    expect(desk.editor.selected).toEqual(['a', 'b'])
    expect(desk.editor.feedback.value.marquee).toBeUndefined()
  })

  it('selects a whole group at once', () => {
    desk.editor.select(['a', 'b'])
    desk.commands.group()
    desk.editor.select([])
    desk.click(50, 50)
    expect([...desk.editor.selected].sort()).toEqual(['a', 'b'])
    desk.commands.ungroup()
    desk.click(600, 600).click(50, 50)
    expect(desk.editor.selected).toEqual(['a'])
  })

  it('moves what is dragged as one step, and takes it back on Escape', () => {
    desk.drag([50, 50], [150, 80])
    expect(desk.shape('a')?.box).toMatchObject({ x: 100, y: 30 })
    desk.down(150, 80).move(200, 200)
    press('Escape')
    expect(desk.shape('a')?.box).toMatchObject({ x: 100, y: 30 })
    desk.editor.undo()
    expect(desk.shape('a')?.box).toMatchObject({ x: 0, y: 0 })
  })

  it('moves only along one axis with Shift', () => {
    desk.click(50, 50)
    desk.drag([50, 50], [150, 80], { shift: true })
    expect(desk.shape('a')?.box).toMatchObject({ x: 100, y: 0 })
  })

  it('drags a copy with Alt', () => {
    desk.drag([50, 50], [50, 550], { alt: true })
    expect(desk.shapes).toHaveLength(4)
    expect(desk.shape('a')?.box).toMatchObject({ x: 0, y: 0 })
    expect(desk.shapes[3]?.box).toMatchObject({ x: 0, y: 500 })
    desk.editor.undo()
    expect(desk.shapes).toHaveLength(3)
  })

  it('does not move what is locked', () => {
    desk.click(50, 50)
    desk.commands.toggleLock()
    desk.drag([50, 50], [150, 150])
    expect(desk.shape('a')?.box).toMatchObject({ x: 0, y: 0 })
  })

  it('resizes by a corner and turns by the handle above', () => {
    desk.click(50, 50)
    desk.drag([104, 104], [204, 154])
    expect(desk.shape('a')?.box).toMatchObject({ x: 0, y: 0, width: 200, height: 150 })
    const top = -4 - 22
    desk.drag([100, top], [300, 75])
    expect(desk.shape('a')?.angle).toBeCloseTo(Math.PI / 2, 1)
  })

  it('moves a small shape by its middle, though handles of a finger reach over it', () => {
    desk.put({ id: 'small', type: 'rectangle', x: 600, y: 0, width: 60, height: 24, fill: 'blue' })
    desk.editor.select(['small'])
    desk.drag([630, 12], [650, 112], { kind: 'touch' })
    expect(desk.shape('small')?.box).toEqual({ x: 620, y: 100, width: 60, height: 24 })
    desk.drag([650, 130], [650, 150], { kind: 'touch' })
    expect(desk.shape('small')?.box).toMatchObject({ y: 100, width: 60 })
    expect(desk.shape('small')?.box.height).toBeGreaterThan(24)
  })

  it('goes on where somebody else deletes what is dragged', () => {
    const ben = new BoardDesk(desk.hub, 'ben')
    desk.down(50, 50).move(80, 80)
    ben.editor.select(['a'])
    ben.commands.remove()
    desk.move(100, 100).up(100, 100)
    expect(desk.shape('a')).toBeUndefined()
    expect(desk.editor.selected).toEqual([])
  })

  it('snaps to the edge of another shape and shows a guide', () => {
    desk.editor.snapping.set(true)
    desk.down(350, 50).move(350, 200).move(353, 346)
    expect(desk.shape('b')?.box).toMatchObject({ x: 303, y: 300 })
    expect(desk.editor.feedback.value.guides.length).toBeGreaterThan(0)
    desk.up(353, 346)
    expect(desk.editor.feedback.value.guides).toEqual([])
  })

  it('adds a point to a line at a double click, and takes away the one that is hit', () => {
    desk.put({ id: 'l', type: 'line', x: 600, y: 600, points: [0, 0, 100, 0, 100, 100] })
    desk.doubleClick(640, 602)
    const line = () => {
      const shape = desk.shape('l')
      return shape?.type === 'line' ? shape.points : undefined
    }
    expect(line()).toEqual([0, 0, 40, 2, 100, 0, 100, 100])
    expect(desk.editor.selected).toEqual(['l'])
    desk.doubleClick(700, 600)
    expect(line()).toEqual([0, 0, 40, 2, 100, 100])
    desk.editor.undo()
    desk.editor.undo()
    expect(line()).toEqual([0, 0, 100, 0, 100, 100])
  })

  it('moves a point of a line', () => {
    desk.put({ id: 'l', type: 'line', x: 600, y: 600, points: [0, 0, 100, 0, 100, 100] })
    desk.click(650, 600).drag([700, 600], [720, 580])
    expect(desk.shape('l')).toMatchObject({ points: [0, 0, 120, -20, 100, 100] })
  })

  it('writes on empty paper and in a shape at a double click', () => {
    desk.doubleClick(50, 50)
    expect(desk.editor.editing.value).toBe('a')
    desk.editor.stopEditing()
    desk.doubleClick(700, 700)
    expect(desk.shape(desk.editor.editing.value ?? '')?.type).toBe('text')
  })

  it('writes the label of a shape without a fill in its middle, and text beside that', () => {
    desk.doubleClick(60, 340)
    expect(desk.editor.editing.value).toBe('c')
    desk.editor.stopEditing()
    desk.doubleClick(85, 385)
    expect(desk.shape(desk.editor.editing.value ?? '')?.type).toBe('text')
  })
})

describe('resizing', () => {
  it('pulled over the opposite edge and back leaves arrows held and shapes turned as they were', () => {
    desk.tool('arrow').drag([20, 30], [380, 60])
    const arrow = (): ArrowShape => desk.shapes.find(({ type }) => type === 'arrow') as ArrowShape
    desk.editor.edit(rotateShapes(desk.editor.board, ['a'], 0.3, { x: 50, y: 50 }))
    const { start, end } = arrow()
    expect([start?.shapeId, end?.shapeId]).toEqual(['a', 'b'])
    const angle = desk.shape('a')?.angle
    desk.tool('select')
    desk.editor.select(['a', 'b', arrow().id])
    const frame = frameAround(desk.editor.selectedShapes)
    if (frame === undefined) throw new Error('nothing is selected')
    const corner = { x: frame.box.x + frame.box.width, y: frame.box.y + frame.box.height }
    desk.down(corner.x, corner.y).move(frame.box.x - 200, corner.y)
    expect(arrow().start?.anchor).not.toEqual(start?.anchor)
    desk.move(corner.x + 40, corner.y).up(corner.x, corner.y)
    expect([arrow().start, arrow().end]).toEqual([start, end])
    expect(desk.shape('a')?.angle).toBeCloseTo(angle ?? NaN)
  })

  const box = { x: 0, y: 0, width: 100, height: 50 }

  it('goes over its own edge with a negative size', () => {
    expect(resizedBox(box, { kind: 'resize', x: 1, y: 0.5 }, { x: -100, y: 0 }, false, false)).toEqual({
      x: 0,
      y: 0,
      width: -100,
      height: 50,
    })
  })

  it('keeps proportions where it has to', () => {
    expect(resizedBox(box, { kind: 'resize', x: 0, y: 0 }, { x: -100, y: -10 }, true, false)).toEqual({
      x: -100,
      y: -50,
      width: 200,
      height: 100,
    })
  })

  it('keeps the middle where it is with Alt', () => {
    expect(resizedBox(box, { kind: 'resize', x: 1, y: 1 }, { x: 150, y: 50 }, false, true)).toEqual({
      x: -50,
      y: 0,
      width: 200,
      height: 50,
    })
  })
})

describe('keys', () => {
  it('choose tools by their letters and digits', () => {
    press('r')
    expect(desk.editor.toolName.value).toBe('rectangle')
    press('7')
    expect(desk.editor.toolName.value).toBe('draw')
    press('Escape')
    expect(desk.editor.toolName.value).toBe('select')
  })

  it('go from shape to shape with Tab, and out of the board behind the last', () => {
    expect(press('Tab')).toBe(true)
    expect(desk.editor.selected).toEqual(['a'])
    press('Tab')
    press('Tab')
    expect(desk.editor.selected).toEqual(['c'])
    expect(press('Tab')).toBe(false)
    expect(press('Tab', { shiftKey: true })).toBe(true)
    expect(desk.editor.selected).toEqual(['c'])
  })

  it('move by one and with Shift by ten, presses in a row being one step', () => {
    desk.editor.select(['a'])
    press('ArrowRight')
    press('ArrowRight')
    press('ArrowDown', { shiftKey: true })
    expect(desk.shape('a')?.box).toMatchObject({ x: 2, y: 10 })
    desk.editor.undo()
    expect(desk.shape('a')?.box).toMatchObject({ x: 0, y: 0 })
  })

  it('resize with Ctrl and arrows and turn with comma and full stop', () => {
    desk.editor.select(['a'])
    press('ArrowRight', { ctrlKey: true, shiftKey: true })
    expect(desk.shape('a')?.box.width).toBe(110)
    press('.')
    expect(desk.shape('a')?.angle).toBeCloseTo(Math.PI / 12)
  })

  it('delete, duplicate, select all and change the order', () => {
    press('a', { ctrlKey: true })
    expect(desk.editor.selected).toHaveLength(3)
    desk.editor.select(['a'])
    press('d', { ctrlKey: true })
    expect(desk.shapes).toHaveLength(4)
    press('Delete')
    expect(desk.shapes).toHaveLength(3)
    desk.editor.select(['a'])
    press(']', { ctrlKey: true, shiftKey: true, code: 'BracketRight' })
    expect(desk.shapes.at(-1)?.id).toBe('a')
  })

  it('leave a reader only the tools that change nothing', () => {
    desk.editor.canWrite.set(false)
    press('r')
    expect(desk.editor.toolName.value).toBe('select')
    press('h')
    expect(desk.editor.toolName.value).toBe('hand')
  })
})

describe('undo', () => {
  it('takes back one’s own steps only', () => {
    const ben = new BoardDesk(desk.hub, 'ben')
    desk.drag([50, 50], [150, 50])
    ben.drag([350, 50], [350, 150])
    desk.editor.undo()
    expect(desk.shape('a')?.box.x).toBe(0)
    expect(desk.shape('b')?.box.y).toBe(100)
  })

  it('gives way to what others wrote since', () => {
    const [anna, ben] = [new BoardDesk(desk.hub, 'anna'), new BoardDesk(desk.hub, 'ben')]
    anna.drag([50, 50], [150, 50])
    ben.editor.select(['a'])
    ben.commands.nudge(0, 500)
    anna.editor.undo()
    expect(anna.shape('a')?.box).toMatchObject({ x: 100, y: 500 })
    expect(ben.shape('a')?.box).toEqual(anna.shape('a')?.box)
  })

  it('leaves every screen with the same board', () => {
    const hub = boardHub()
    const [anna, ben] = [new BoardDesk(hub, 'anna', false), new BoardDesk(hub, 'ben', false)]
    anna.put({ id: 'x', type: 'note', x: 0, y: 0, width: 100, height: 100 })
    anna.page.sync()
    ben.page.sync()
    anna.editor.select(['x'])
    ben.editor.select(['x'])
    anna.commands.nudge(10, 0)
    ben.commands.remove()
    anna.editor.undo()
    for (let i = 0; i < 3; i++) {
      anna.page.sync()
      ben.page.sync()
    }
    expect(anna.page.type.serialise(anna.page.content)).toBe(ben.page.type.serialise(ben.page.content))
    expect(anna.shape('x')).toBeUndefined()
  })
})
