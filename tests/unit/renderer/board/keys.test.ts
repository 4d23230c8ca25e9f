import { beforeEach, describe, expect, it } from 'vitest'
import { STROKE_STRIDE } from '../../../../src/shared/board'
import { TOOL_KEYS, TOOL_NAMES } from '../../../../src/renderer/board/toolNames'
import { BoardDesk } from '../../../lib/boardDesk'

let desk: BoardDesk
beforeEach(() => {
  desk = new BoardDesk()
})

const box = (id: string, x: number, y: number) =>
  ({ id, type: 'rectangle', x, y, width: 100, height: 60 }) as const

describe('tools by keyboard', () => {
  it.each(TOOL_NAMES)('%s is chosen by its letter and its digit', (name) => {
    const { letter, digit } = TOOL_KEYS[name]
    desk.press(letter === 'V' ? 'h' : 'v', letter.toLowerCase())
    expect(desk.editor.toolName.value).toBe(name)
    if (digit === undefined) return
    desk.press('h', digit)
    expect(desk.editor.toolName.value).toBe(name)
  })

  it.each(['rectangle', 'diamond', 'ellipse', 'frame'] as const)(
    'Enter puts a %s of the usual size in the middle of the view and selects it',
    (name) => {
      desk.tool(name).press('Enter')
      const [shape] = desk.shapes
      expect(shape?.type).toBe(name)
      const { x = 0, y = 0, width = 0, height = 0 } = shape?.box ?? {}
      expect([x + width / 2, y + height / 2]).toEqual([500, 400])
      expect(desk.editor.selected).toEqual([shape?.id])
      expect(desk.told.at(-1)).toMatchObject({ kind: 'made', shape: { type: name } })
    },
  )

  it.each(['note', 'text'] as const)('Enter puts a %s where the pointer is, with the caret in it', (name) => {
    desk.tool(name).press('Shift+ArrowRight', 'ArrowDown', 'Enter')
    const [shape] = desk.shapes
    expect(shape?.type).toBe(name)
    expect(desk.editor.editing.value).toBe(shape?.id)
    expect(name === 'note' ? shape?.box.x : shape?.x).toBe(name === 'note' ? 550 - 90 : 550)
  })

  it('X22: a pen draws from one Enter to the next, along the arrows', () => {
    desk.press('p', 'Enter', 'ArrowRight', 'ArrowRight', 'ArrowDown', 'Enter', 'ArrowDown')
    const [stroke] = desk.shapes
    expect(stroke?.type === 'draw' && stroke.points.length / STROKE_STRIDE).toBe(4)
    expect(stroke?.box).toMatchObject({ x: 500, y: 400, width: 20, height: 10 })
    expect(desk.told.map(({ kind }) => kind)).toContain('penDown')
    desk.editor.undo()
    expect(desk.shapes).toEqual([])
  })

  it('a stroke is called off by Escape', () => {
    desk.press('p', 'Enter', 'ArrowRight', 'Escape')
    expect(desk.shapes).toEqual([])
    expect(desk.editor.toolName.value).toBe('select')
  })

  it('an eraser deletes what it is led over', () => {
    desk.put(box('a', 600, 370))
    desk.press('e', 'Enter', 'Shift+ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowRight', 'Enter')
    expect(desk.shapes).toEqual([])
  })

  it('a laser leaves a trail', () => {
    const trail: (number | undefined)[] = []
    desk.editor.onLaser = (at) => trail.push(at?.x)
    desk.press('k', 'Enter', 'ArrowRight', 'Enter', 'ArrowRight')
    expect(trail).toEqual([500, 510, undefined])
  })

  it('a line goes through each Enter and ends at the second at one place', () => {
    desk.press('l', 'Enter', 'Shift+ArrowRight', 'Enter', 'Shift+ArrowDown', 'Enter', 'Enter')
    const [line] = desk.shapes
    expect(line?.type === 'line' && line.points).toEqual([0, 0, 50, 0, 50, 50])
    expect(desk.editor.toolName.value).toBe('select')
    expect(desk.told.at(-1)).toMatchObject({ kind: 'made' })
  })

  it('the paper follows the pointer at the edge of the view', () => {
    desk.press('r', ...Array.from({ length: 14 }, () => 'Shift+ArrowRight'))
    expect(desk.editor.camera.x).toBeGreaterThan(0)
  })

  it('says what lies under the pointer', () => {
    desk.put(box('a', 450, 370))
    desk.press('r', 'ArrowDown')
    desk.put(box('b', 450, 470))
    desk.tool('text').press('Shift+ArrowDown', 'Shift+ArrowDown')
    expect(desk.told.at(-1)).toMatchObject({ kind: 'pointer', over: undefined })
  })

  it('draws nothing for a person who may only read', () => {
    desk.editor.canWrite.set(false)
    desk.tool('rectangle').press('Enter')
    expect(desk.shapes).toEqual([])
  })
})

describe('shapes by keyboard', () => {
  beforeEach(() => desk.put(box('a', 0, 0), box('b', 400, 0), box('c', 0, 300)))

  it('are reached with Tab and Shift+Tab, one after the other, and left at the ends', () => {
    expect(desk.press('Tab', 'Tab')).toBe(true)
    expect(desk.editor.selected).toEqual(['b'])
    desk.press('Shift+Tab')
    expect(desk.editor.selected).toEqual(['a'])
    expect(desk.told.at(-1)).toEqual({ kind: 'selected' })
    expect(desk.press('Shift+Tab')).toBe(false)
    expect(desk.editor.selected).toEqual([])
  })

  it('stay selected with S while Tab goes on, so that several are selected', () => {
    desk.press('Tab', 's', 'Tab', 'Tab')
    expect(desk.editor.selected).toEqual(['a', 'c'])
    desk.press('Escape', 'Tab', 'Tab')
    expect(desk.editor.selected).toEqual(['b'])
  })

  it('are connected with C at one and at the other by an arrow that follows them', () => {
    desk.press('Tab', 'c', 'Tab', 'c')
    const arrow = desk.shapes.at(-1)
    expect(arrow).toMatchObject({ type: 'arrow', start: { shapeId: 'a' }, end: { shapeId: 'b' } })
    expect(desk.told.at(-1)).toMatchObject({ kind: 'connected', from: { id: 'a' }, to: { id: 'b' } })
    desk.editor.undo()
    expect(desk.shapes).toHaveLength(3)
  })

  it('are connected with C where two are selected', () => {
    desk.editor.select(['b', 'c'])
    desk.press('c')
    expect(desk.shapes.at(-1)).toMatchObject({ start: { shapeId: 'b' }, end: { shapeId: 'c' } })
  })

  it('are not connected after Escape', () => {
    desk.press('Tab', 'c', 'Escape', 'Tab', 'c')
    expect(desk.shapes).toHaveLength(3)
  })

  it('move with arrows, by ten with Shift, and say where they are', () => {
    desk.press('Tab', 'ArrowRight', 'Shift+ArrowDown')
    expect(desk.shape('a')).toMatchObject({ x: 1, y: 10 })
    expect(desk.told.at(-1)).toEqual({ kind: 'placed' })
    desk.editor.undo()
    expect(desk.shape('a')).toMatchObject({ x: 0, y: 0 })
  })

  it.each(['Alt', 'Ctrl'])('get other sizes with %s and arrows', (modifier) => {
    desk.press('Tab', `${modifier}+ArrowRight`, `Shift+${modifier}+ArrowDown`)
    expect(desk.shape('a')?.box).toEqual({ x: 0, y: 0, width: 101, height: 70 })
  })

  it('turn with comma and full stop', () => {
    desk.press('Tab', '.')
    expect(desk.shape('a')?.angle).toBeCloseTo(Math.PI / 12)
    desk.press(',')
    expect(desk.shape('a')?.angle).toBeCloseTo(0)
  })

  it('open their label with Enter and with F2', () => {
    desk.press('Tab', 'Enter')
    expect(desk.editor.editing.value).toBe('a')
    desk.editor.stopEditing()
    desk.press('F2')
    expect(desk.editor.editing.value).toBe('a')
  })
})

describe('keys on other keyboards', () => {
  it('mean the same with Caps Lock and without Latin letters', () => {
    desk.pressKeyOf('G', 'KeyG')
    expect(desk.editor.grid.value).toBe(true)
    desk.pressKeyOf('п', 'KeyG')
    expect(desk.editor.grid.value).toBe(false)
    desk.pressKeyOf('Q', 'KeyQ')
    expect(desk.editor.keepsTool.value).toBe(true)
  })

  it.each([
    ['German', 'z', 'KeyY'],
    ['French', 'z', 'KeyW'],
    ['Bépo', 'z', 'BracketLeft'],
    ['Russian', 'я', 'KeyZ'],
  ])('take a step back by what is written on the key: %s', (_layout, key, code) => {
    desk.tool('rectangle').drag([0, 0], [50, 50])
    desk.pressKeyOf(key, code, true)
    expect(desk.shapes).toEqual([])
  })

  it('zoom by plus and minus wherever those are', () => {
    // German: where an American keyboard has ] and /.
    desk.pressKeyOf('+', 'BracketRight', true)
    expect(desk.editor.camera.zoom).toBeGreaterThan(1)
    desk.pressKeyOf('-', 'Slash', true)
    expect(desk.editor.camera.zoom).toBe(1)
  })

  it('order shapes by the places of the brackets where a layout has none there', () => {
    desk.put(box('a', 0, 0), box('b', 10, 10))
    desk.editor.select(['a'])
    desk.pressKeyOf('ü', 'BracketLeft', true)
    desk.pressKeyOf('*', 'BracketRight', true)
    expect(desk.shapes.map(({ id }) => id)).toEqual(['b', 'a'])
  })

  it('delete nothing, and say nothing of it, for somebody who may only look', () => {
    desk.put(box('a', 0, 0))
    desk.editor.select(['a'])
    desk.editor.allowWriting(false)
    expect(desk.press('Delete')).toBe(false)
    expect(desk.told).toEqual([])
  })
})

describe('keys that people know from Excalidraw', () => {
  beforeEach(() => desk.put(box('a', 0, 0), box('b', 400, 0), box('c', 0, 300)))
  const order = (): string[] => desk.shapes.map(({ id }) => id)

  it('duplicate, select all, group, ungroup, lock and delete', () => {
    desk.press('Ctrl+KeyA')
    expect(desk.editor.selected).toEqual(['a', 'b', 'c'])
    desk.press('Ctrl+KeyG')
    expect(desk.shape('a')?.groups).toHaveLength(1)
    desk.press('Ctrl+Shift+KeyG')
    expect(desk.shape('a')?.groups).toEqual([])
    desk.press('Ctrl+KeyL')
    expect(desk.shape('a')?.locked).toBe(true)
    desk.press('Ctrl+KeyL', 'Ctrl+KeyD')
    expect(desk.shapes).toHaveLength(6)
    desk.press('Delete')
    expect(order()).toEqual(['a', 'b', 'c'])
  })

  it('bring shapes forward and back', () => {
    desk.commands.selectAll()
    desk.commands.align('left')
    desk.commands.align('top')
    desk.editor.select(['a'])
    desk.press('Ctrl+BracketRight')
    expect(order()).toEqual(['b', 'a', 'c'])
    desk.press('Ctrl+Shift+BracketRight')
    expect(order()).toEqual(['b', 'c', 'a'])
    desk.press('Ctrl+BracketLeft')
    expect(order()).toEqual(['b', 'a', 'c'])
    desk.press('Ctrl+Shift+BracketLeft')
    expect(order()).toEqual(['a', 'b', 'c'])
  })

  it('undo and redo', () => {
    desk.press('Tab', 'Delete', 'Ctrl+KeyZ')
    expect(desk.shapes).toHaveLength(3)
    desk.press('Ctrl+Shift+KeyZ')
    expect(desk.shapes).toHaveLength(2)
    desk.press('Ctrl+KeyZ', 'Ctrl+KeyY')
    expect(desk.shapes).toHaveLength(2)
  })

  it('zoom: Ctrl+0 to 100 %, Shift+1 to everything, Shift+2 to the selection, + and - in steps', () => {
    desk.press('=')
    expect(desk.editor.camera.zoom).toBe(1.25)
    desk.press('-', '-')
    expect(desk.editor.camera.zoom).toBe(0.75)
    desk.press('Ctrl+Digit0')
    expect(desk.editor.camera.zoom).toBe(1)
    desk.press('Shift+Digit1')
    const whole = desk.editor.camera
    desk.editor.select(['a'])
    desk.press('Shift+Digit2')
    expect(desk.editor.camera.zoom).toBeGreaterThan(whole.zoom)
  })

  it('keep the tool with Q and show the grid with G', () => {
    desk.press('q', 'g')
    expect(desk.editor.keepsTool.value).toBe(true)
    expect(desk.editor.grid.value).toBe(true)
  })

  it('carry a look with Ctrl+Alt+C and Ctrl+Alt+V, of each shape as much as it can have', () => {
    desk.commands.restyle({ stroke: 'red' }, {})
    desk.editor.select(['a'])
    desk.commands.restyle({ stroke: 'red', fill: 'blue', strokeWidth: 4, opacity: 0.5 }, {})
    desk.put({ id: 'n', type: 'note', x: 800, y: 0, width: 100, height: 100 })
    desk.press('Ctrl+Alt+KeyC')
    desk.editor.select(['b', 'n'])
    desk.press('Ctrl+Alt+KeyV')
    expect(desk.shape('b')).toMatchObject({ stroke: 'red', fill: 'blue', strokeWidth: 4, opacity: 0.5 })
    expect(desk.shape('n')).toMatchObject({ fill: 'blue', opacity: 0.5 })
    expect(desk.shape('b')?.box).toEqual({ x: 400, y: 0, width: 100, height: 60 })
    desk.editor.undo()
    expect(desk.shape('b')).toMatchObject({ stroke: 'ink', fill: 'none' })
  })

  it('leave a note its paper when it is selected with shapes that lose their fill', () => {
    desk.put({ id: 'n', type: 'note', x: 800, y: 0, width: 100, height: 100 })
    desk.editor.select(['a', 'n'])
    desk.commands.restyle({ fill: 'none' }, {})
    expect(desk.shape('n')).toMatchObject({ fill: 'yellow' })
  })

  it('leave a note its paper when a look without a fill is pasted', () => {
    desk.put({ id: 'n', type: 'note', x: 800, y: 0, width: 100, height: 100 })
    desk.editor.select(['a'])
    desk.press('Ctrl+Alt+KeyC')
    desk.editor.select(['n'])
    desk.press('Ctrl+Alt+KeyV')
    expect(desk.shape('n')?.fill).toBe('yellow')
  })

  it('do nothing where AltGr or nothing selected leaves nothing to do', () => {
    expect(desk.press('Alt+ArrowLeft')).toBe(false)
    expect(desk.press('Ctrl+Alt+KeyV')).toBe(false)
    expect(desk.press('Delete')).toBe(false)
    expect(desk.press('c')).toBe(false)
  })
})

describe('flipping', () => {
  const flow = () => {
    desk.put(
      box('left', 100, 100),
      { ...box('right', 400, 160), angle: 0.5 },
      { id: 'line', type: 'line', x: 100, y: 300, points: [0, 0, 300, 0, 300, 100] },
      { id: 'pen', type: 'draw', x: 450, y: 100, path: [0, 0, 0.5, 40, 20, 0.5] },
      { ...box('kept', 200, 500), locked: true },
    )
    desk.press('Ctrl+KeyA')
  }
  const places = () =>
    Object.fromEntries(desk.shapes.map(({ id, box: { x, y }, angle }) => [id, [x, y, angle]]))

  it('X22: Shift+H and Shift+V mirror what is selected in the box around it, and do so back', () => {
    flow()
    const before = desk.shapes
    desk.press('Shift+KeyH')
    expect(desk.shape('left')?.box.x).toBeGreaterThan(desk.shape('right')?.box.x ?? Infinity)
    expect(desk.shape('left')?.box.y).toBeCloseTo(100)
    const mirrored = places()
    desk.press('Shift+KeyV')
    expect(desk.shape('left')?.box.y).toBeGreaterThan(desk.shape('line')?.box.y ?? 0)
    desk.press('Shift+KeyV')
    for (const [id, [x, y]] of Object.entries(mirrored)) {
      expect(places()[id]?.[0]).toBeCloseTo(x ?? 0, 5)
      expect(places()[id]?.[1]).toBeCloseTo(y ?? 0, 5)
    }
    desk.press('Shift+KeyH')
    for (const shape of before) {
      const { x, y } = desk.shape(shape.id)?.box ?? {}
      expect(x).toBeCloseTo(shape.box.x, 5)
      expect(y).toBeCloseTo(shape.box.y, 5)
    }
    expect(desk.told.at(-1)?.kind).toBe('placed')
  })

  it('leaves what is locked, and is one step to undo', () => {
    flow()
    const before = places()
    desk.editor.select(['left', 'right', 'kept'])
    desk.press('Shift+KeyH')
    expect(places()['kept']).toEqual(before['kept'])
    desk.editor.undo()
    expect(places()).toEqual(before)
  })

  it('does nothing without a selection', () => {
    desk.put(box('a', 0, 0))
    expect(desk.press('Shift+KeyH')).toBe(false)
  })
})
