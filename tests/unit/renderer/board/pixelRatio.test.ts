import { expect, it } from 'vitest'
import { onPixelRatio } from '../../../../src/renderer/composables/board/onPixelRatio'

/** A window on monitors of different density. */
class FakeWindow {
  devicePixelRatio = 1
  readonly queries: { media: string; target: EventTarget }[] = []

  matchMedia(media: string): MediaQueryList {
    const target = new EventTarget()
    this.queries.push({ media, target })
    return target as MediaQueryList
  }

  moveTo(ratio: number): void {
    this.devicePixelRatio = ratio
    this.queries.at(-1)?.target.dispatchEvent(new Event('change'))
  }
}

it('tells each time that a window has come to a monitor of another density, until it is stopped', () => {
  const window = new FakeWindow()
  const seen: number[] = []
  const stop = onPixelRatio(window, () => seen.push(window.devicePixelRatio))
  window.moveTo(2)
  window.moveTo(1.5)
  expect(window.queries.map(({ media }) => media)).toEqual([
    '(resolution: 1dppx)',
    '(resolution: 2dppx)',
    '(resolution: 1.5dppx)',
  ])
  stop()
  window.moveTo(1)
  expect(seen).toEqual([2, 1.5])
})
