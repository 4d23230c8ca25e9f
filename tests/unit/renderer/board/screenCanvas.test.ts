import { describe, expect, it, vi } from 'vitest'
import { screenContext } from '../../../../src/renderer/board/screenCanvas'

/** A canvas of a browser that has what is given. */
function canvasWith(parts: Partial<HTMLCanvasElement>): HTMLCanvasElement {
  return Object.assign(document.createElement('canvas'), parts)
}

describe('screenContext', () => {
  it('takes the picture out of the page’s own painting where the browser can', () => {
    const context = { name: 'of the compositor' }
    const getContext = vi.fn(() => context)
    const element = canvasWith({
      transferControlToOffscreen: () => ({ getContext }) as unknown as OffscreenCanvas,
    })
    expect(screenContext(element, false)).toBe(context)
    expect(getContext).toHaveBeenCalledWith('2d', { alpha: false })
  })

  it('draws in the page where the browser cannot', () => {
    const context = { name: 'of the page' } as unknown as CanvasRenderingContext2D
    const element = canvasWith({ getContext: (() => context) as unknown as HTMLCanvasElement['getContext'] })
    Object.assign(element, { transferControlToOffscreen: undefined })
    expect(screenContext(element, true)).toBe(context)
  })
})
