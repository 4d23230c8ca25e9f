import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { call } from '../../../src/shared/ipc/contract'
import { callsOf, type Invoke } from '../../../src/preload/calls'

const TABLE = { double: call(z.number(), z.number()) }

/** As Electron's: what cannot be copied never leaves the page. */
const copying =
  (main: (request: unknown) => unknown): Invoke =>
  (_channel, request) => {
    const copy: unknown = structuredClone(request)
    return Promise.resolve(main(copy))
  }

describe('calls of a page', () => {
  it('answer with what main says', async () => {
    const { double } = callsOf(
      'sums',
      TABLE,
      copying((request) => ({ value: Number(request) * 2 })),
    )
    expect(await double(4)).toEqual({ value: 8 })
  })

  it.each([Symbol('x'), () => 1, Promise.resolve(1), { toString: () => 'x' }, [new WeakMap()]])(
    'Y19: say that a request which cannot be copied fits no contract (%s)',
    async (request) => {
      const asked: unknown[] = []
      const { double } = callsOf('sums', TABLE, copying(asked.push.bind(asked)))
      expect(await double(request as never)).toMatchObject({ error: { code: 'bad-request' } })
      expect(asked).toEqual([])
    },
  )

  it('Y19: say that it is an error of the app where main fails, or answers what the contract does not know', async () => {
    const failing: Invoke = () => Promise.reject(new Error('main is gone'))
    for (const invoke of [failing, copying(() => ({ value: 'four' })), copying(() => undefined)]) {
      expect(await callsOf('sums', TABLE, invoke).double(2)).toMatchObject({ error: { code: 'internal' } })
    }
  })
})
