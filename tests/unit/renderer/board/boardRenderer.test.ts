import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { BoardRenderer, type RenderSource } from '../../../../src/renderer/board/boardRenderer'

/** A context that does nothing, on a canvas of a size. */
function idleContext(): unknown {
  const canvas = { width: 1, height: 1, transferToImageBitmap: () => ({ close: () => undefined }) }
  return new Proxy(
    { canvas },
    { get: (target, key) => (key in target ? target.canvas : () => undefined), set: () => true },
  )
}

const canvas = () =>
  Object.assign(document.createElement('canvas'), {
    transferControlToOffscreen: undefined,
    getContext: idleContext,
  })

/** A renderer whose frames are drawn by hand. */
function rendererOf(source: Partial<RenderSource>) {
  const clock = { now: 1000 }
  const waiting: (() => void)[] = []
  const renderer = new BoardRenderer(
    canvas(),
    canvas(),
    {
      paper: 'white',
      bounds: undefined,
      settle: () => undefined,
      paintArea: () => undefined,
      paintMoving: () => undefined,
      paintOverlay: () => undefined,
      ...source,
    },
    (callback) => {
      waiting.push(callback)
      return () => undefined
    },
    () => clock.now,
  )
  return {
    renderer,
    clock,
    frame: () => {
      for (const callback of waiting.splice(0)) callback()
    },
  }
}

beforeEach(() => {
  vi.stubGlobal(
    'OffscreenCanvas',
    class {
      getContext = idleContext
    },
  )
})
afterEach(() => vi.unstubAllGlobals())

describe('a board on the screen', () => {
  it('shows a shape in every frame, in that too in which it comes to rest', () => {
    /** Where the shape is drawn: by itself, or among those at rest. */
    let isLifted = true
    let settles = false
    let seen: string[] = []
    const box = { x: 0, y: 0, width: 10, height: 10 }
    const { renderer, frame } = rendererOf({
      settle: () => {
        if (!settles || !isLifted) return
        isLifted = false
        renderer.invalidate(box)
      },
      paintArea: () => void (isLifted || seen.push('tile')),
      paintMoving: () => void (isLifted && seen.push('lifted')),
    })
    renderer.resize({ width: 100, height: 100 }, 1)
    expect(seen).toEqual(['lifted'])

    seen = []
    settles = true
    renderer.touch()
    frame()
    expect(seen).toEqual(['tile'])
  })

  it('takes long frames for the first picture, and short ones when it is there', () => {
    let painted = 0
    const { renderer, clock, frame } = rendererOf({
      paintArea: () => {
        painted += 1
        clock.now += 5
      },
    })
    renderer.resize({ width: 1250, height: 800 }, 1)
    expect(painted).toBe(8)
    for (let i = 0; i < 3; i++) frame()
    const perScreen = 5 * 4
    expect(painted).toBe(perScreen)

    renderer.setCamera({ x: 100_000, y: 0, zoom: 1 })
    frame()
    expect(painted).toBe(perScreen + 2)
  })
})
