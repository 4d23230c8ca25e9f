import { beforeEach, describe, expect, it } from 'vitest'
import {
  PREVIEW_SIDE,
  PreviewKeeper,
  type PreviewSubject,
} from '../../../../src/renderer/board/preview/previewKeeper'
import { ManualClock } from '../../../lib/manualClock'

const BOUNDS = { x: -5, y: 0, width: 20, height: 10 }
/** Longer than a board has to rest. */
const LONG_MS = 60_000

let clock: ManualClock
/** What was kept or forgotten, in order. */
let done: string[]
let isPainted: boolean
let isEmpty: boolean
let isPlain: boolean
let asked: number
/** What the board shows, and what the kept picture does. */
let mark: string | undefined
let kept: string | undefined
/** Encodings that have begun, each to be ended by hand. */
let encoding: ((error?: Error) => void)[]

beforeEach(() => {
  clock = new ManualClock()
  ;[done, encoding, asked] = [[], [], 0]
  ;[isPainted, isEmpty, isPlain] = [true, false, true]
  ;[mark, kept] = [undefined, undefined]
})

function keep(): PreviewKeeper {
  const subject: PreviewSubject = {
    isPlain: () => isPlain,
    isEmpty: () => isEmpty,
    theme: () => 'dark',
    take: (side) => {
      expect(side).toBe(PREVIEW_SIDE)
      const canvas = {
        convertToBlob: () =>
          new Promise<Blob>((resolve, reject) => {
            encoding.push((error) => (error === undefined ? resolve(new Blob(['12'])) : reject(error)))
          }),
      }
      return isPainted ? { canvas: canvas as unknown as OffscreenCanvas, bounds: BOUNDS } : undefined
    },
    paint: () => void asked++,
    mark: () => mark,
    kept: (theme) => (theme === 'dark' ? kept : undefined),
    keep: async (theme, bounds, bytes, under) => {
      kept = under
      expect([bounds, bytes.length]).toEqual([BOUNDS, 2])
      done.push(theme)
    },
    forget: async () => void done.push('forgotten'),
  }
  return new PreviewKeeper(subject, (ms, callback) => clock.after(ms, callback))
}

/** Ends the encodings that have begun. */
async function encode(error?: Error): Promise<void> {
  for (const end of encoding.splice(0)) end(error)
  await new Promise((resolve) => setTimeout(resolve))
}

describe('the picture kept of a board', () => {
  it('is taken once the board rests, and again only after it has changed', async () => {
    const keeper = keep()
    clock.advance(2_000)
    keeper.changed()
    clock.advance(2_000)
    expect(encoding).toHaveLength(0)
    clock.advance(2_000)
    await encode()
    expect(done).toEqual(['dark'])
    clock.advance(LONG_MS)
    keeper.painted()
    keeper.stop()
    expect(encoding).toHaveLength(0)
  })

  it('is not taken again where that of an earlier time shows the same', async () => {
    ;[mark, kept] = ['7', '7']
    const keeper = keep()
    clock.advance(LONG_MS)
    // Fonts have come: the board looks different from before, but not from the picture.
    keeper.changed()
    clock.advance(LONG_MS)
    expect([asked, encoding.length]).toEqual([0, 0])
    mark = '8'
    keeper.changed()
    clock.advance(LONG_MS)
    await encode()
    expect([done, kept]).toEqual([['dark'], '8'])
    keeper.stop()
    expect(encoding).toHaveLength(0)
  })

  it('waits until all of the board is painted, and has that done', async () => {
    isPainted = false
    const keeper = keep()
    keeper.painted()
    clock.advance(LONG_MS)
    expect([asked, encoding.length]).toEqual([1, 0])
    isPainted = true
    keeper.painted()
    await encode()
    expect(done).toEqual(['dark'])
  })

  it('is encoded one after the other, the last as the board was left to rest', async () => {
    const keeper = keep()
    clock.advance(LONG_MS)
    for (let i = 0; i < 3; i++) {
      keeper.changed()
      clock.advance(LONG_MS)
    }
    expect(encoding).toHaveLength(1)
    await encode()
    expect(encoding).toHaveLength(1)
    await encode()
    await encode()
    expect(done).toEqual(['dark', 'dark'])
  })

  it('is taken when the board leaves the screen', async () => {
    const keeper = keep()
    keeper.stop()
    await encode()
    expect(done).toEqual(['dark'])
    expect(clock.waiting).toBe(0)
  })

  it('is not what only this person sees, such as a grid', () => {
    isPlain = false
    const keeper = keep()
    clock.advance(LONG_MS)
    keeper.stop()
    expect(encoding).toHaveLength(0)
  })

  it('goes when nothing is on the board any more', async () => {
    isEmpty = true
    keep()
    clock.advance(LONG_MS)
    await encode()
    expect(done).toEqual(['forgotten'])
  })

  it('is done without where the browser cannot encode it', async () => {
    const keeper = keep()
    clock.advance(LONG_MS)
    await encode(new DOMException('no memory', 'EncodingError'))
    expect(done).toEqual([])
    keeper.changed()
    clock.advance(LONG_MS)
    await encode()
    expect(done).toEqual(['dark'])
  })
})
