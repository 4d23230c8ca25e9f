import { describe, expect, it } from 'vitest'
import { COLOURS, type Colour, type Fill } from '../../../../src/shared/board/palette'
import { boardColours, fillTone, strokeTone } from '../../../../src/renderer/board/draw/colours'
import { labelTone } from '../../../../src/renderer/board/draw/labelTone'
import { contrast, linear } from '../../../lib/colourSight'

describe.each(['light', 'dark'] as const)('the tone of a label in the %s theme', (theme) => {
  const colours = boardColours(theme)
  const box = (stroke: Colour, fill: Fill) =>
    labelTone(colours, { type: 'rectangle', stroke, fill, fillStyle: 'solid' })

  it('X23: can be read on every fill, in every colour, also of another program', () => {
    const named: readonly Colour[] = COLOURS
    const fills = [...named, '#000000', '#ffffff', '#777777', '#ff0000'] as const
    for (const fill of fills) {
      const behind = linear(fillTone(colours, fill))
      // On a grey in the middle nothing can have more than ink or paper have.
      const best = [colours.stroke.ink, colours.paper].map((tone) => contrast(linear(tone), behind))
      const least = Math.min(4.5, Math.max(...best)) - 1e-6
      for (const stroke of fills)
        expect(contrast(linear(box(stroke, fill)), behind), `${stroke} on ${fill}`).toBeGreaterThanOrEqual(
          least,
        )
    }
  })

  it('is that of the line where it can be read, and on paper and hatchings always', () => {
    expect(box('ink', 'blue')).toBe(colours.stroke.ink)
    for (const stroke of COLOURS) {
      const tone = strokeTone(colours, stroke)
      expect(box(stroke, 'none')).toBe(tone)
      expect(labelTone(colours, { type: 'text', stroke, fill: 'yellow', fillStyle: 'solid' })).toBe(tone)
      expect(labelTone(colours, { type: 'ellipse', stroke, fill: 'red', fillStyle: 'hatch' })).toBe(tone)
    }
  })

  it('keeps its hue as far as it can', () => {
    const hues = COLOURS.filter((name) => name !== 'ink').map((name) => box(name, name))
    expect(new Set(hues).size).toBe(hues.length)
    expect(hues).not.toContain(colours.stroke.ink)
  })

  it('is read on the paper of a note without a fill of its own', () => {
    const tone = labelTone(colours, { type: 'note', stroke: 'orange', fill: 'none', fillStyle: 'solid' })
    expect(contrast(linear(tone), linear(colours.fill.yellow))).toBeGreaterThanOrEqual(4.5)
  })
})
