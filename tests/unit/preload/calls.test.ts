import { describe, expect, it } from 'vitest'
import { functionsOf, type Invoke } from '../../../src/preload/calls'

/** As Electron's: what cannot be copied never leaves the page. */
const copying =
  (main: (channel: string, request: unknown) => unknown): Invoke =>
  (channel, request) => {
    const copy: unknown = structuredClone(request)
    return Promise.resolve(main(channel, copy))
  }

describe('the functions of a page', () => {
  it('ask main by their domain and name, and hand on what it says', async () => {
    const invoke = copying((channel, request) => ({ channel, request }))
    const { double, halve } = functionsOf('sums', ['double', 'halve'], invoke)
    expect(await double(4)).toEqual({ channel: 'sums.double', request: 4 })
    expect(await halve()).toEqual({ channel: 'sums.halve', request: undefined })
  })

  it.each([Symbol('x'), () => 1, Promise.resolve(1), { toString: () => 'x' }, [new WeakMap()]])(
    'Y19: say that a request which cannot be copied fits no contract (%s)',
    async (request) => {
      const asked: unknown[] = []
      const { double } = functionsOf('sums', ['double'], copying(asked.push.bind(asked)))
      expect(await double(request)).toMatchObject({ error: { code: 'bad-request' } })
      expect(asked).toEqual([])
    },
  )

  it('Y19: say that it is an error of the app where main fails', async () => {
    const { double } = functionsOf('sums', ['double'], () => Promise.reject(new Error('main is gone')))
    expect(await double(2)).toEqual({ error: { code: 'internal', message: 'main is gone' } })
  })
})
