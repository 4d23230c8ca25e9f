import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  fitBox,
  followView,
  HOME,
  MAX_ZOOM,
  MIN_ZOOM,
  panBy,
  reveal,
  toBoard,
  toScreen,
  viewBox,
  zoomStep,
  zoomTo,
} from '../../../../src/renderer/board/camera'

const size = { width: 1400, height: 900 }
const camera = fc.record({
  x: fc.double({ min: -1e4, max: 1e4, noNaN: true }),
  y: fc.double({ min: -1e4, max: 1e4, noNaN: true }),
  zoom: fc.double({ min: MIN_ZOOM, max: MAX_ZOOM, noNaN: true }),
})
const screenPoint = fc.record({
  x: fc.integer({ min: 0, max: size.width }),
  y: fc.integer({ min: 0, max: size.height }),
})

describe('camera', () => {
  it('keeps what is under the pointer there while zooming', () => {
    fc.assert(
      fc.property(camera, screenPoint, fc.double({ min: 0.01, max: 30, noNaN: true }), (from, at, zoom) => {
        const point = toBoard(from, at)
        const after = toScreen(zoomTo(from, zoom, at), point)
        expect(after.x).toBeCloseTo(at.x, 3)
        expect(after.y).toBeCloseTo(at.y, 3)
      }),
    )
  })

  it('never zooms beyond its limits', () => {
    expect(zoomTo(HOME, 1000, { x: 0, y: 0 }).zoom).toBe(MAX_ZOOM)
    expect(zoomTo(HOME, 0, { x: 0, y: 0 }).zoom).toBe(MIN_ZOOM)
  })

  it('moves the content with the hand at any zoom', () => {
    const before = toScreen({ x: 5, y: 5, zoom: 2 }, { x: 10, y: 10 })
    const after = toScreen(panBy({ x: 5, y: 5, zoom: 2 }, 30, -7), { x: 10, y: 10 })
    expect(after).toEqual({ x: before.x + 30, y: before.y - 7 })
  })

  it('steps through round zooms in both directions', () => {
    expect(zoomStep(1, 1)).toBe(1.25)
    expect(zoomStep(1, -1)).toBe(0.75)
    expect(zoomStep(0.9, 1)).toBe(1)
    expect(zoomStep(MAX_ZOOM, 1)).toBe(MAX_ZOOM)
    expect(zoomStep(MIN_ZOOM, -1)).toBe(MIN_ZOOM)
  })

  it('shows all of a box in the middle of the screen', () => {
    const box = { x: 100, y: -500, width: 4000, height: 300 }
    const view = viewBox(fitBox(box, size), size)
    expect(view.x).toBeLessThan(box.x)
    expect(view.x + view.width).toBeGreaterThan(box.x + box.width)
    expect(view.y + view.height / 2).toBeCloseTo(box.y + box.height / 2)
  })

  it('does not blow up a small thing beyond the zoom allowed, nor one of no size', () => {
    expect(fitBox({ x: 0, y: 0, width: 10, height: 10 }, size).zoom).toBe(1)
    expect(fitBox({ x: 0, y: 0, width: 0, height: 0 }, size, 4).zoom).toBe(4)
  })

  it('shows all that a followed person sees, whatever the size of their screen', () => {
    const theirs = { x: 10, y: 20, width: 300, height: 900 }
    const view = viewBox(followView(theirs, size), size)
    expect(view.x).toBeLessThanOrEqual(theirs.x)
    expect(view.y).toBeCloseTo(theirs.y)
    expect(view.y + view.height).toBeCloseTo(theirs.y + theirs.height)
  })

  it('moves as little as it takes to reveal a box, and not at all where it is in view', () => {
    expect(reveal(HOME, { x: 500, y: 300, width: 50, height: 50 }, size)).toEqual(HOME)
    const moved = reveal(HOME, { x: 1500, y: 300, width: 50, height: 50 }, size)
    expect(moved.y).toBe(0)
    expect(moved.x + size.width).toBe(1550 + 80)
  })
})
