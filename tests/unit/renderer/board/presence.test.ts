import { beforeEach, describe, expect, it } from 'vitest'
import { InHand } from '../../../../src/renderer/board/inHand'
import { caretLine, lineStarts } from '../../../../src/renderer/board/labelCaret'
import { estimateText, layoutText } from '../../../../src/shared/board/textLayout'
import { BoardDesk } from '../../../lib/boardDesk'

let desk: BoardDesk
beforeEach(() => {
  desk = new BoardDesk()
})

describe('lines of a label', () => {
  it.each([
    ['', undefined],
    ['one\ntwo\n\nthree', undefined],
    ['several words that do not fit into one line', 120],
    ['spaces   at   the   end   \nand a second line of words   ', 90],
    ['averylongwordthatisbrokenbetweenletters and more', 100],
    ['中文没有空格也要换行，还有 English words', 100],
  ])('of %j begin where their first letter is', (label, width) => {
    const { lines } = layoutText(label, 'sans', 20, width, estimateText)
    const starts = lineStarts(label, lines)
    expect(starts).toHaveLength(lines.length)
    for (const [index, line] of lines.entries())
      expect(label.slice(starts[index]).startsWith(line)).toBe(true)
  })
})

describe('the caret of somebody else', () => {
  it('stands behind the letters before it, in the line it is in', () => {
    desk.put({ id: 't', type: 'text', x: 100, y: 100, label: 'abc\nde', fontSize: 20, align: 'left' })
    const shape = desk.shape('t')
    if (shape === undefined) throw new Error('no text')
    expect(caretLine(shape, 0, estimateText)).toMatchObject({ top: { x: 100, y: 100 }, bottom: { y: 125 } })
    expect(caretLine(shape, 3, estimateText)?.top).toEqual({ x: 133, y: 100 })
    expect(caretLine(shape, 5, estimateText)?.top).toEqual({ x: 111, y: 125 })
    expect(caretLine(shape, 99, estimateText)?.top.y).toBe(125)
  })

  it('is turned with the shape and centred with its line', () => {
    desk.put({
      id: 'r',
      type: 'rectangle',
      x: 0,
      y: 0,
      width: 200,
      height: 100,
      label: 'abcd',
      angle: Math.PI / 2,
    })
    const shape = desk.shape('r')
    const line = shape === undefined ? undefined : caretLine(shape, 2, estimateText)
    // In the very middle, lying.
    expect(line?.top.x).toBeCloseTo(112.5)
    expect(line?.bottom.x).toBeCloseTo(87.5)
    expect(line?.top.y).toBeCloseTo(50)
  })

  it('stands in the title of a frame, and in nothing without a text', () => {
    desk.put({ id: 'f', type: 'frame', x: 0, y: 0, width: 200, height: 100, label: 'Plan' })
    desk.put({ id: 'l', type: 'line', x: 0, y: 0, points: [0, 0, 50, 50] })
    const [frame, line] = [desk.shape('f'), desk.shape('l')]
    expect(frame !== undefined && caretLine(frame, 1, estimateText)?.top.y).toBeLessThan(0)
    expect(line !== undefined && caretLine(line, 1, estimateText)).toBeUndefined()
  })
})

describe('shapes in the hand of somebody else', () => {
  it('are those they have selected and are changing, until they have rested for a while', () => {
    let now = 0
    const inHand = new InHand(() => now)
    inHand.touch(['a', 'b'])
    expect([...inHand.of(['a', 'c'])]).toEqual(['a'])
    now = 399
    expect([...inHand.of(['a'])]).toEqual(['a'])
    now = 401
    expect([...inHand.of(['a'])]).toEqual([])
    expect(inHand.letGo()).toBe(true)
    expect(inHand.letGo()).toBe(false)
  })
})
