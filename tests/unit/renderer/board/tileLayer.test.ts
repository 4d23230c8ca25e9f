import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createEasel, TILE_SIZE, TileLayer } from '../../../../src/renderer/board/tileLayer'

/** A context that counts what is copied onto it. */
function countingContext() {
  let copies = 0
  const canvas = { width: 1, height: 1, transferToImageBitmap: () => ({ close: () => undefined }) }
  const context: unknown = new Proxy(
    { canvas },
    {
      get: (target, key) => (key in target ? target.canvas : () => (copies += key === 'drawImage' ? 1 : 0)),
      set: () => true,
    },
  )
  return { context: context as CanvasRenderingContext2D, copies: () => copies }
}

beforeEach(() => {
  vi.stubGlobal('OffscreenCanvas', function () {
    return { getContext: () => countingContext().context }
  })
})
afterEach(() => vi.unstubAllGlobals())

// Where every cell of the area were looked at, these would not end before the test is given up.
it('what a layer is asked about the whole board takes no longer than going through its tiles', () => {
  const layer = new TileLayer(16, createEasel())
  const small = { x: 0, y: 0, width: (2 * TILE_SIZE) / 16 - 1, height: TILE_SIZE / 16 - 1 }
  expect(
    layer.paint(
      small,
      () => undefined,
      1,
      () => true,
    ),
  ).toBe(true)
  const everything = { x: -1e7, y: -1e7, width: 2e7, height: 2e7 }
  expect(layer.covers(everything)).toBe(false)
  expect(layer.covers(small)).toBe(true)
  const target = countingContext()
  layer.draw(target.context, everything, 0, 0, 0.05, 2)
  expect(target.copies()).toBe(2)
})
