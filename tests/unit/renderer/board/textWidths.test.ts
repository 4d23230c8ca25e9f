import { describe, expect, it } from 'vitest'
import { TextWidths } from '../../../../src/renderer/board/draw/text'

/** A canvas whose letters have widths of their own, with kerning between some, and which counts what it is asked. */
function fakeContext() {
  const asked: string[] = []
  let wider = 0
  const context = {
    font: '',
    measureText(text: string) {
      asked.push(text)
      let width = 0
      for (let i = 0; i < text.length; i++) {
        width += 10 + (text.charCodeAt(i) % 7) + wider
        if (text.slice(i, i + 2) === 'AV') width -= 3
      }
      return { width }
    },
  }
  return { context: context as unknown as CanvasRenderingContext2D, asked, widen: () => (wider = 1) }
}

describe('widths of text', () => {
  it('are those the browser gives, kerning included', () => {
    const { context } = fakeContext()
    const { measure } = new TextWidths(context)
    for (const text of ['', 'A', 'AV', 'WAVE 2024', 'Round 17', 'a-b (c)', '你好 AV'])
      expect(measure(text, 'sans', 32)).toBeCloseTo(context.measureText(text).width, 9)
  })

  it('of ten thousand labels are asked for in some hundred questions', () => {
    const { context, asked } = fakeContext()
    const { measure } = new TextWidths(context)
    for (let i = 0; i < 10_000; i++) measure(`Box ${i}`, 'sans', 20)
    expect(asked.length).toBeLessThan(200)
  })

  it('are asked for as a whole where letters look different in company', () => {
    const { context, asked } = fakeContext()
    const { measure } = new TextWidths(context)
    for (const text of ['3x4', 'a->b', 'naïve']) {
      measure(text, 'sans', 20)
      measure(text, 'sans', 40)
    }
    expect(asked).toEqual(['3x4', 'a->b', 'naïve'])
  })

  it('are asked for again once fonts have come', () => {
    const { context, widen } = fakeContext()
    const widths = new TextWidths(context)
    const before = widths.measure('Bob', 'sans', 32)
    widen()
    expect(widths.measure('Bob', 'sans', 32)).toBe(before)
    widths.forget()
    expect(widths.measure('Bob', 'sans', 32)).toBeCloseTo(before + 3, 9)
  })

  it('differ from font to font', () => {
    const { context, asked } = fakeContext()
    const { measure } = new TextWidths(context)
    measure('A', 'sans', 20)
    measure('A', 'mono', 20)
    expect(asked).toEqual(['A', 'A'])
  })
})
