import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createTextSetter, estimateText, layoutText } from '../../../../src/shared/board/textLayout'

const linesOf = (text: string, width?: number): readonly string[] =>
  layoutText(text, 'mono', 10, width, estimateText).lines

describe('breaking text into lines', () => {
  it('breaks at spaces, inside of words that are too long, and between Chinese characters', () => {
    expect(linesOf('one two three', 48)).toEqual(['one two', 'three'])
    expect(linesOf('one  two\n\nthree')).toEqual(['one  two', '', 'three'])
    expect(linesOf('abcdefghij', 30)).toEqual(['abcde', 'fghij'])
    expect(linesOf('一起写作和画画', 30)).toEqual(['一起写', '作和画', '画'])
    expect(linesOf('')).toEqual([''])
  })

  it('loses no character but the spaces that it breaks at, and no line is too long', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'bb', ' ', '\n', '語', '🙂', 'ccccccc'),
      maxLength: 60,
    })
    fc.assert(
      fc.property(text, fc.integer({ min: 25, max: 200 }), (typed, width) => {
        const { lines } = layoutText(typed, 'mono', 10, width, estimateText)
        expect(lines.join('').replace(/\s/g, '')).toBe(typed.replace(/\s/g, ''))
        for (const line of lines)
          expect(estimateText(line.trim(), 'mono', 10)).toBeLessThanOrEqual(width + 0.001)
      }),
    )
  })

  it('measures a text once, until too much is remembered', () => {
    let measured = 0
    const setText = createTextSetter((line, font, size) => {
      measured++
      return estimateText(line, font, size)
    })
    const first = setText('some label', 'sans', 20, 500)
    const count = measured
    expect(setText('some label', 'sans', 20, 500)).toBe(first)
    expect(measured).toBe(count)
    setText('x'.repeat(999_995), 'sans', 20, undefined)
    setText('some label', 'sans', 20, 500)
    expect(measured).toBeGreaterThan(count)
  })
})
