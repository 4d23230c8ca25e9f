import { describe, expect, it } from 'vitest'
import { isTooLong, LabelBinding } from '../../../../src/renderer/bindings/board/labelBinding'
import { MAX_COORDINATE, MAX_LABEL_LENGTH, MAX_RECORDS, MAX_SIZE } from '../../../../src/shared/board/limits'
import { cutLabel, fromClipboard, pasteShapes, toClipboard } from '../../../../src/shared/board/ops'
import type { NewShape } from '../../../../src/shared/board/ops'
import { BoardDesk } from '../../../lib/boardDesk'

const note: NewShape = { id: 'n', type: 'note', x: 0, y: 0, width: 100, height: 100, label: 'old' }

function fieldOn(desk: BoardDesk) {
  const field = document.createElement('textarea')
  let cuts = 0
  const binding = new LabelBinding(field, desk.doc, 'n', { now: () => desk.clock.now(), onCut: () => cuts++ })
  const type = (text: string): void => {
    field.value = text
    field.setSelectionRange(text.length, text.length)
    field.dispatchEvent(new Event('input'))
  }
  return { field, binding, type, cuts: () => cuts }
}

describe('a label that is too long', () => {
  it('is cut where a megabyte is pasted into it, and that is told', () => {
    const desk = new BoardDesk()
    desk.put(note)
    const { field, type, cuts } = fieldOn(desk)
    type('x'.repeat(1_000_000))
    expect(desk.shape('n')).toMatchObject({ label: 'x'.repeat(MAX_LABEL_LENGTH) })
    expect(field.value).toHaveLength(MAX_LABEL_LENGTH)
    expect(cuts()).toBe(1)
    type(`${field.value}y`)
    expect(cuts()).toBe(2)
    expect(desk.shape('n')).toMatchObject({ label: 'x'.repeat(MAX_LABEL_LENGTH) })
    type('short')
    expect(cuts()).toBe(2)
    expect(desk.shape('n')).toMatchObject({ label: 'short' })
  })

  it('is not cut in the middle of a character, nor for line ends that become shorter', () => {
    const text = `${'x'.repeat(MAX_LABEL_LENGTH - 1)}😀`
    expect(cutLabel(text)).toBe('x'.repeat(MAX_LABEL_LENGTH - 1))
    expect(isTooLong(text)).toBe(true)
    expect(isTooLong('\r\n'.repeat(MAX_LABEL_LENGTH))).toBe(false)
    expect(isTooLong('\r\n'.repeat(MAX_LABEL_LENGTH + 1))).toBe(true)
  })
})

describe('pasted shapes', () => {
  /** What a hostile program can put there: JSON has no NaN, but 1e999 is read as infinite. */
  const foreign = (props: string): string =>
    `{"type":"inkroom/shapes","records":{"a":{"kind":"rectangle","props":{${props}}}}}`

  it.each([
    ['"x":1e999,"y":-1e999,"width":100,"height":100'],
    ['"x":null,"y":"NaN","width":{},"height":[1]'],
    ['"x":1e300,"y":-1e300,"width":1e300,"height":-5'],
    ['"angle":1e999,"opacity":99,"strokeWidth":-1e9,"fontSize":1e999,"groups":"no","frame":7'],
    ['"stroke":"url(javascript:alert(1))","fill":"<script>","dash":12'],
  ])('with %s are cleaned or left out, and the board stays whole', (props) => {
    const desk = new BoardDesk()
    desk.put(note)
    const shapes = fromClipboard(foreign(props)) ?? []
    const made = pasteShapes(desk.editor.board, shapes, 0, 0, () => desk.editor.newId())
    desk.editor.edit(made.op)
    for (const { box, angle, strokeWidth, opacity, stroke } of desk.shapes) {
      for (const value of [box.x, box.y]) expect(Math.abs(value)).toBeLessThanOrEqual(MAX_COORDINATE)
      for (const value of [box.width, box.height, strokeWidth]) {
        expect(value).toBeGreaterThan(0)
        expect(value).toBeLessThanOrEqual(MAX_SIZE)
      }
      expect(Number.isFinite(angle) && opacity >= 0 && opacity <= 1).toBe(true)
      expect(stroke).toMatch(/^(#[0-9a-f]{6}|[a-z]+)$/)
    }
    expect(desk.shape('n')).toBeDefined()
  })

  it.each(['{"type":"inkroom/shapes"', '{"type":"inkroom/shapes","records":3}', 'NaN', '[]', '{}'])(
    '%j are text',
    (text) => {
      expect(fromClipboard(text)).toBeUndefined()
    },
  )

  it('that the board has no room for are not pasted, and that is told', () => {
    const desk = new BoardDesk()
    expect(desk.editor.hasRoom(50_000)).toBe(true)
    desk.put(note)
    expect(desk.editor.hasRoom(50_000)).toBe(false)
    expect(desk.problems).toEqual(['board-full'])
  })
})

it('what is copied from the fullest board is pasted whole', () => {
  const shapes = Array.from({ length: MAX_RECORDS }, (_, i) => ({ ...note, id: `s${i}` }))
  const desk = new BoardDesk()
  desk.put(...shapes)
  expect(fromClipboard(toClipboard(desk.shapes))).toHaveLength(MAX_RECORDS)
})
