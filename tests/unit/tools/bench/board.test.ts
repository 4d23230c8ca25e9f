import { describe, expect, it } from 'vitest'
import { Board } from '../../../../src/shared/board'
import { createShapes } from '../../../../src/shared/board/ops'
import { paintBounds } from '../../../../src/shared/board/geometry/bounds'
import { recordsType } from '../../../../src/shared/ot/records'
import { firstPictureOf, type PictureFrame } from '../../../../tools/bench/board/canvasProbe'
import { timesOf } from '../../../../tools/bench/board/frames'
import { pointOf, startOf, STARTS, STROKE_WIDTH } from '../../../../tools/bench/board/lanes'
import { boardOf } from '../../../../tools/bench/board/manyShapes'
import { delaysOf } from '../../../../tools/bench/board/remoteStrokes'
import { peerTables, summaryOf } from '../../../../tools/bench/board/report'
import { tldrawShapes } from '../../../../tools/bench/board/tldrawShapes'

const DRAWERS = 10

/** A frame in which the first cells of a hundred have something drawn in them. */
const frame = (ms: number, drawn: number, shows: PictureFrame['shows'] = 'board'): PictureFrame => ({
  ms,
  cells: Array.from({ length: 100 }, (_, i) => i < drawn),
  shows,
})

describe('the board of the benchmark', () => {
  it('is a third strokes of 60 points', () => {
    const { ordered } = boardOf(300)
    const strokes = ordered.flatMap((shape) => (shape.type === 'draw' ? [shape] : []))
    expect(ordered).toHaveLength(300)
    expect(strokes).toHaveLength(100)
    expect(strokes.every(({ points }) => points.length === 3 * 60)).toBe(true)
  })

  it.each([200, 1_000])('has nothing where strokes of others begin, with %i shapes', (shapes) => {
    const board = boardOf(shapes)
    for (let drawer = 0; drawer < DRAWERS; drawer++)
      for (let number = 0; number < STARTS; number++) {
        const { x, y } = startOf(shapes, drawer, number)
        expect(board.search({ x: x - 1, y: y - 1, width: 2, height: 2 })).toEqual([])
      }
  })

  it('keeps each stroke off the places where others begin', () => {
    const path = Array.from({ length: 162 }, (_, i) => pointOf(i)).flat()
    for (let drawer = 0; drawer < DRAWERS; drawer++) {
      const at = startOf(200, drawer, 0)
      const stroke = { id: 's', type: 'draw', ...at, path, strokeWidth: STROKE_WIDTH } as const
      const board = new Board(recordsType.apply(recordsType.create(), createShapes(boardOf(0), [stroke])))
      const [shape] = board.ordered
      if (shape === undefined) throw new Error('there is no stroke')
      const { x, y, width, height } = paintBounds(shape)
      for (let other = 0; other < DRAWERS; other++)
        for (let number = 0; number < STARTS; number++) {
          if (other === drawer && number === 0) continue
          const start = startOf(200, other, number)
          const isInside = start.x >= x && start.x <= x + width && start.y >= y && start.y <= y + height
          expect(isInside).toBe(false)
        }
    }
  })
})

describe('what the benchmark makes of its records', () => {
  it('takes all frames of all motions together', () => {
    const frames = [
      { intervals: [10, 10, 10], cpuMs: 1 },
      { intervals: [40], cpuMs: 2 },
    ]
    expect(timesOf(frames)).toEqual({ p50: 10, p95: 40 })
  })

  it('pairs strokes with the frames that showed them, drawer by drawer', () => {
    expect(delaysOf([[100, 200], [150]], [[130, 260], [155]])).toEqual([30, 60, 5])
  })

  it('gives no figure where a stroke was not seen, or seen twice', () => {
    expect(() => delaysOf([[100, 200]], [[130]])).toThrow('2 strokes')
    expect(() => delaysOf([[100]], [[130, 170]])).toThrow('1 strokes')
  })

  it('has a picture once nearly all is there that stays', () => {
    // What is shown for a moment only, such as a spinner, is no picture.
    expect(firstPictureOf([frame(10, 2), frame(20, 37), frame(30, 38), frame(50, 40)])).toEqual({
      firstMs: 10,
      pictureMs: 30,
      readyMs: 30,
    })
  })

  it('has no picture while a part of it goes again', () => {
    expect(firstPictureOf([frame(10, 40, 'preview'), frame(20, 0, 'busy'), frame(30, 40)])).toMatchObject({
      firstMs: 10,
      pictureMs: 30,
    })
  })

  it('takes a picture of the board for no board', () => {
    const shown = [frame(10, 40, 'preview'), frame(20, 40, 'busy'), frame(30, 39), frame(40, 40)]
    expect(firstPictureOf(shown)).toEqual({ firstMs: 10, pictureMs: 10, readyMs: 30 })
    expect(() => firstPictureOf(shown.slice(0, 2))).toThrow('busy to the end')
  })

  it('finds no picture on an empty canvas', () => {
    expect(() => firstPictureOf([])).toThrow('nothing was drawn')
    expect(() => firstPictureOf([frame(5, 0)])).toThrow('nothing was drawn')
  })

  it('sums up what was measured while others drew', () => {
    const figures = {
      alone: { panning: { intervals: [1], cpuMs: 1 } },
      together: { panning: { intervals: [16, 17], cpuMs: 3 }, drawing: { intervals: [18, 50], cpuMs: 4 } },
      remoteStrokes: [30, 40, 90],
      opened: [
        { firstMs: 300, pictureMs: 900, readyMs: 1_500 },
        { firstMs: 200, pictureMs: 700.04, readyMs: 1_700 },
      ],
    }
    const peers = {
      excalidraw: { alone: { panning: { intervals: [20], cpuMs: 7 } }, zoomOfAll: 0.1 },
      tldraw: new Error('cannot be installed'),
    }
    const task = { shapes: 10, drawers: 2, motionMs: 1, watchMs: 1, opens: 2 }
    expect(summaryOf(task, figures, peers)).toEqual({
      shapes: 10,
      drawers: 2,
      frameMsP50: 17,
      frameMsP95: 50,
      remoteStrokeMsP95: 90,
      openMs: 800,
      openReadyMs: 1_600,
      alone: { frameMsP50: 1, frameMsP95: 1, frameCpuMs: 1 },
      peers: {
        excalidraw: { frameMsP50: 20, frameMsP95: 20, frameCpuMs: 7, motions: 1, zoomOfAll: 0.1 },
        tldraw: null,
      },
    })
    expect(peerTables(peers)).toContain('tldraw was not measured: cannot be installed')
  })

  it('gives tldraw the same shapes', () => {
    const shapes = boardOf(3).ordered
    expect(tldrawShapes(shapes)).toMatchObject([
      { type: 'draw', x: 0, y: 50, props: { color: 'black', fill: 'none' } },
      { type: 'geo', x: 190, props: { geo: 'rectangle', w: 150, h: 100, fill: 'solid', label: 'Box 1' } },
      { type: 'geo', y: 150, props: { geo: 'ellipse', color: 'red', fill: 'none', label: 'Round 2' } },
    ])
    expect(tldrawShapes(shapes)[0]?.props['points']).toHaveLength(60)
  })
})
