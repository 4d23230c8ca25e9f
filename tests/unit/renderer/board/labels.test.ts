import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LabelBinding, typedOp } from '../../../../src/renderer/bindings/board/labelBinding'
import { placeOf, BoardPresence } from '../../../../src/renderer/bindings/board/boardPresence'
import { recordsType } from '../../../../src/shared/ot/records'
import { textType } from '../../../../src/shared/ot/text'
import { ManualClock } from '../../../lib/manualClock'
import { BoardDesk, boardHub } from '../../../lib/boardDesk'

function field(desk: BoardDesk, id: string): { area: HTMLTextAreaElement; binding: LabelBinding } {
  const area = document.createElement('textarea')
  document.body.append(area)
  const binding = new LabelBinding(area, desk.doc, id, { now: () => desk.clock.now() })
  desk.editor.editLabel(id)
  return { area, binding }
}

function type(area: HTMLTextAreaElement, at: number, text: string): void {
  area.value = area.value.slice(0, at) + text + area.value.slice(at)
  area.setSelectionRange(at + text.length, at + text.length)
  area.dispatchEvent(new Event('input'))
}

const note = { id: 'n', type: 'note', x: 0, y: 0, width: 100, height: 100, label: 'Hello' } as const
const labelOf = (desk: BoardDesk): string => {
  const shape = desk.shape('n')
  return shape?.type === 'note' ? shape.label : ''
}

describe('a label', () => {
  it('keeps every character that two people type at once', () => {
    const hub = boardHub()
    const [anna, ben] = [new BoardDesk(hub, 'anna', false), new BoardDesk(hub, 'ben', false)]
    anna.put(note)
    anna.page.sync()
    ben.page.sync()
    const [annas, bens] = [field(anna, 'n'), field(ben, 'n')]
    type(annas.area, 5, ' world')
    type(bens.area, 0, 'Oh! ')
    for (let i = 0; i < 2; i++) {
      anna.page.sync()
      ben.page.sync()
    }
    expect(annas.area.value).toBe('Oh! Hello world')
    expect(bens.area.value).toBe('Oh! Hello world')
    expect(annas.area.selectionStart).toBe(15)
    expect(bens.area.selectionStart).toBe(4)
  })

  it('holds others back while an input method composes', () => {
    const desk = new BoardDesk()
    desk.put(note)
    const { area, binding } = field(desk, 'n')
    area.dispatchEvent(new Event('compositionstart'))
    expect(desk.page.holds).toBe(1)
    area.dispatchEvent(new Event('compositionend'))
    expect(desk.page.holds).toBe(0)
    binding.dispose()
  })

  it('is one step to undo for what was typed in a row', () => {
    const desk = new BoardDesk()
    desk.put(note)
    desk.doc.seal()
    const { area } = field(desk, 'n')
    for (const [at, letter] of [...' you'].entries()) type(area, 5 + at, letter)
    expect(labelOf(desk)).toBe('Hello you')
    desk.editor.undo()
    expect(area.value).toBe('Hello')
  })

  it('takes what is typed after a step back that the menu asked for', () => {
    const desk = new BoardDesk()
    desk.put(note)
    desk.doc.seal()
    const { area } = field(desk, 'n')
    type(area, 5, ' world')
    desk.editor.undo()
    type(area, 5, '!')
    expect([area.value, labelOf(desk)]).toEqual(['Hello!', 'Hello!'])
    desk.editor.undo()
    desk.editor.redo()
    expect(area.value).toBe('Hello!')
  })

  it('begins a new step to undo after a rest, and at a new line', () => {
    const desk = new BoardDesk()
    desk.put(note)
    desk.doc.seal()
    const { area } = field(desk, 'n')
    type(area, 5, ' you')
    desk.clock.advance(3_000)
    type(area, 9, ' all')
    type(area, 13, '\n')
    type(area, 14, 'Bye')
    const seen = [1, 2, 3].map(() => {
      desk.editor.undo()
      return area.value
    })
    expect(seen).toEqual(['Hello you all', 'Hello you', 'Hello'])
  })

  it('takes back only what was typed in it while it is open', () => {
    const desk = new BoardDesk()
    desk.put(note)
    desk.doc.seal()
    const { area } = field(desk, 'n')
    type(area, 5, '!')
    for (let i = 0; i < 3; i++) desk.editor.undo()
    expect(labelOf(desk)).toBe('Hello')
    expect(desk.editor.editing.value).toBe('n')
    desk.editor.stopEditing()
    desk.editor.undo()
    expect(desk.shapes).toEqual([])
  })

  it('leaves nothing to take back of a text in which nothing was written', () => {
    const desk = new BoardDesk()
    desk.tool('rectangle').drag([0, 0], [80, 50])
    desk.tool('text').click(200, 200)
    desk.press('Escape')
    desk.editor.stopEditing()
    desk.editor.undo()
    expect(desk.shapes).toEqual([])
    desk.editor.redo()
    expect(desk.shapes.map(({ type }) => type)).toEqual(['rectangle'])
    expect(desk.doc.canRedo.value).toBe(false)
  })

  it('is one step with the text it was written in, once that is left', () => {
    const desk = new BoardDesk()
    desk.tool('text').click(200, 200)
    const [id = ''] = desk.editor.selected
    const { area } = field(desk, id)
    type(area, 0, 'Hello')
    desk.clock.advance(3_000)
    type(area, 5, ' world')
    desk.editor.undo()
    expect(area.value).toBe('Hello')
    desk.editor.redo()
    desk.editor.stopEditing()
    desk.editor.undo()
    expect(desk.shapes).toEqual([])
    desk.editor.redo()
    expect(desk.shapes).toMatchObject([{ type: 'text', label: 'Hello world' }])
  })

  it('comes back with its text where all of it was deleted', () => {
    const desk = new BoardDesk()
    desk.put({ id: 't', type: 'text', x: 0, y: 0, label: 'Hello' })
    desk.doc.seal()
    const { area } = field(desk, 't')
    area.value = ''
    area.dispatchEvent(new Event('input'))
    desk.editor.stopEditing()
    expect(desk.shapes).toEqual([])
    desk.editor.undo()
    expect(desk.shapes).toMatchObject([{ type: 'text', label: 'Hello' }])
  })

  it('is the new one where somebody puts another shape in the place of the one it belongs to', () => {
    const hub = boardHub()
    const desk = new BoardDesk(hub, 'anna')
    const other = new BoardDesk(hub, 'ben')
    desk.put(note)
    const { area } = field(desk, 'n')
    const put = { kind: 'note', props: { x: 0, y: 0, width: 100, height: 100 }, texts: { label: 'Hi' } }
    other.page.edit(recordsType.parseOp({ n: { purge: true, put } }))
    expect(area.value).toBe('Hi')
    type(area, 2, '!')
    expect(labelOf(desk)).toBe('Hi!')
  })

  it('takes no halves of characters and no carriage returns', () => {
    const desk = new BoardDesk()
    desk.put(note)
    const { area } = field(desk, 'n')
    type(area, 5, '\ud83d')
    expect(labelOf(desk)).toBe('Hello\ufffd')
  })

  it('is changed exactly as typed, wherever the caret ends', () => {
    const letters = fc.stringMatching(/^[ab😀😁]{0,6}$/u)
    fc.assert(
      fc.property(letters, letters, letters, letters, (head, removed, typed, tail) => {
        const before = head + removed + tail
        const after = head + typed + tail
        const op = typedOp(before, after, head.length + typed.length)
        expect(textType.parseOp(op)).toEqual(op)
        const result = textType.apply(textType.parseSnapshot(before), op)
        expect(textType.serialise(result)).toBe(after)
      }),
    )
  })

  it('inserts at the caret where letters repeat', () => {
    expect(typedOp('aaa', 'aaaa', 2)).toEqual([1, 'a'])
  })
})

describe('presence', () => {
  const view = { x: 0, y: 0, width: 800, height: 600 }

  it('tells where a person points, what they see, write in and have selected', () => {
    const hub = boardHub()
    const [anna, ben] = [new BoardDesk(hub, 'anna'), new BoardDesk(hub, 'ben')]
    const clock = new ManualClock()
    const after = (ms: number, callback: () => void): (() => void) => clock.after(ms, callback)
    const [annas, bens] = [new BoardPresence(anna.page, after), new BoardPresence(ben.page, after)]
    annas.tell({
      pointer: { x: 5, y: 6 },
      isLaser: true,
      view,
      selected: ['n', 'm'],
      caret: { shapeId: 'n', offset: 3 },
    })
    expect(bens.others.value).toMatchObject([
      {
        pointer: { x: 5, y: 6 },
        isLaser: true,
        view,
        selected: ['n', 'm'],
        caret: { shapeId: 'n', offset: 3 },
      },
    ])
    annas.leave()
    expect(bens.others.value).toEqual([])
  })

  it('says nothing that the protocol refuses, however much is selected', () => {
    const selected = Array.from({ length: 500 }, (_, i) => `n${i}`)
    const place = placeOf({ pointer: { x: 1, y: 2 }, isLaser: false, view, selected, caret: undefined })
    expect(place.length).toBeLessThanOrEqual(64)
    for (const position of place) expect(recordsType.parsePosition(position)).toEqual(position)
  })
})
