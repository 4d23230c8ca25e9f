import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { BoardRenderer, type RenderSource } from '../../../../src/renderer/board/boardRenderer'
import type { BoardPreview } from '../../../../src/renderer/board/preview/boardPreview'

/** What `picture` was drawn on a canvas as, in its pixels, and paper that was filled on all of it. */
const drawn: unknown[] = []
const picture = { isPicture: true } as unknown as ImageBitmap

/** A context that does nothing but note what is drawn of {@link picture}, on a canvas of a size. */
function idleContext(): unknown {
  const drawImage = (image: unknown, ...place: readonly number[]): void => {
    if (image === picture) drawn.push(place)
  }
  const canvas = { width: 1, height: 1, transferToImageBitmap: () => ({ close: () => undefined }) }
  return new Proxy(
    { canvas, drawImage, fillRect: () => void drawn.push('paper') },
    {
      get: (target, key) => (key in target ? target[key as keyof typeof target] : () => undefined),
      set: () => true,
    },
  )
}

const canvas = () =>
  Object.assign(document.createElement('canvas'), {
    transferControlToOffscreen: undefined,
    getContext: idleContext,
  })

const IDLE_SOURCE: RenderSource = {
  paper: 'white',
  bounds: undefined,
  preview: undefined,
  onShown: () => undefined,
  onChange: () => undefined,
  onOverview: () => undefined,
  settle: () => undefined,
  paintArea: () => undefined,
  paintMoving: () => undefined,
  paintOverlay: () => undefined,
}

/** A renderer whose frames are drawn by hand. */
function rendererOf(source: Partial<RenderSource>) {
  const clock = { now: 1000 }
  const waiting: (() => void)[] = []
  const renderer = new BoardRenderer(
    canvas(),
    canvas(),
    // Getters stay getters.
    Object.defineProperties({ ...IDLE_SOURCE }, Object.getOwnPropertyDescriptors(source)),
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
  drawn.length = 0
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

  it('shows the picture that was kept until its own is complete, and never bare paper before', () => {
    let preview: BoardPreview | undefined = {
      picture,
      bounds: { x: 100, y: 50, width: 1000, height: 700 },
      mark: undefined,
    }
    const shown = vi.fn(() => {
      preview = undefined
    })
    const { renderer, clock, frame } = rendererOf({
      get preview() {
        return preview
      },
      onShown: shown,
      paintArea: () => {
        clock.now += 15
      },
    })
    renderer.setCamera({ x: 0, y: -50, zoom: 1 })
    renderer.resize({ width: 1250, height: 800 }, 2)
    const place = [200, 200, 2000, 1400]
    expect(drawn).toEqual(['paper', place])
    for (let i = 0; i < 2; i++) frame()
    expect(drawn).toEqual(['paper', place, 'paper', place, 'paper', place])
    expect(shown).not.toHaveBeenCalled()
    drawn.length = 0
    for (let i = 0; i < 60 && preview !== undefined; i++) {
      drawn.length = 0
      frame()
    }
    // The frame in which the last tile was painted shows tiles only.
    expect(drawn).toEqual([])
    expect(shown).toHaveBeenCalledTimes(1)
  })

  it('shows what it showed before until it is painted anew, where only letters look different', () => {
    let painted = 0
    const { renderer, clock, frame } = rendererOf({
      paintArea: () => {
        painted += 1
        clock.now += 30
      },
    })
    renderer.resize({ width: 1000, height: 600 }, 1)
    for (let count = 0; count < 20; count++) frame()
    const tiles = painted
    drawn.length = 0
    renderer.repaintAll()
    // More than one frame is needed for all tiles, and none of them fills the canvas with paper.
    frame()
    expect(painted).toBeLessThan(2 * tiles)
    for (let count = 0; count < 20; count++) frame()
    expect(painted).toBe(2 * tiles)
    expect(drawn).toEqual([])
    // Fonts that come in two pieces: the second begins anew before the first is through.
    renderer.repaintAll()
    frame()
    renderer.repaintAll()
    for (let count = 0; count < 20; count++) frame()
    expect(drawn).toEqual([])
  })

  it('hands out a picture of all of it only while that is up to date', () => {
    let overviews = 0
    const bounds = { x: -50, y: 0, width: 2000, height: 1000 }
    const { renderer, clock, frame } = rendererOf({ bounds, onOverview: () => overviews++ })
    renderer.resize({ width: 100, height: 100 }, 1)
    clock.now += 1000
    for (let i = 0; i < 10; i++) frame()
    expect(overviews).toBeGreaterThan(0)
    expect(renderer.copyOverview(500)?.bounds).toEqual(bounds)
    renderer.invalidate({ x: 0, y: 0, width: 10, height: 10 })
    expect(renderer.copyOverview(500)).toBeUndefined()
    for (let i = 0; i < 5; i++) {
      clock.now += 1000
      renderer.touch()
      frame()
    }
    expect(renderer.copyOverview(500)?.bounds).toEqual(bounds)
    renderer.invalidateAll()
    expect(renderer.copyOverview(500)).toBeUndefined()
  })
})
