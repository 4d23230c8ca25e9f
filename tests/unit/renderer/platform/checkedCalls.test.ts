import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { checkedCalls, checkedMessages } from '../../../../src/renderer/platform/desktop/checkedCalls'
import { appCalls } from '../../../../src/shared/ipc/app'
import { cacheCalls } from '../../../../src/shared/ipc/cache'
import { CALL_NAMES } from '../../../../src/shared/ipc/channels'
import { call } from '../../../../src/shared/ipc/contract'
import { discoveryCalls } from '../../../../src/shared/ipc/discovery'
import { filesCalls } from '../../../../src/shared/ipc/files'
import { hostingCalls } from '../../../../src/shared/ipc/hosting'
import { networkCalls } from '../../../../src/shared/ipc/network'
import { roomFilesCalls } from '../../../../src/shared/ipc/roomFiles'
import { settingsCalls } from '../../../../src/shared/ipc/settings'
import { updatesCalls } from '../../../../src/shared/ipc/updates'

const TABLE = { double: call(z.number(), z.number()) }
const answering = (reply: unknown) => checkedCalls(TABLE, { double: () => Promise.resolve(reply) })

describe('what main sends to a page', () => {
  it('is handed on where it is what the table says', async () => {
    const { double } = checkedCalls(TABLE, {
      double: (request: number) => Promise.resolve({ value: request * 2 }),
    })
    expect(await double(4)).toEqual({ value: 8 })
    expect(await answering({ error: { code: 'not-allowed', message: 'no' } }).double()).toEqual({
      error: { code: 'not-allowed', message: 'no' },
    })
  })

  it.each([{ value: 'four' }, undefined, 4, { error: 'no' }, { error: { code: 1, message: 'no' } }])(
    'Y19: is an error of the app where the contract does not know it (%j)',
    async (reply) => {
      expect(await answering(reply).double()).toMatchObject({ error: { code: 'internal' } })
    },
  )

  it('Y19: never reaches a listener where it does not fit', () => {
    const heard: number[] = []
    let send: (message: unknown) => void = () => undefined
    const stop = checkedMessages((listener) => {
      send = listener
      return () => (send = () => undefined)
    }, z.number())((message) => heard.push(message))
    send(1)
    expect(() => send('two')).toThrow(z.ZodError)
    stop()
    send(3)
    expect(heard).toEqual([1])
  })
})

it('the preload script has exactly the calls of the tables', () => {
  const tables = {
    app: appCalls,
    settings: settingsCalls,
    files: filesCalls,
    cache: cacheCalls,
    hosting: hostingCalls,
    roomFiles: roomFilesCalls,
    discovery: discoveryCalls,
    network: networkCalls,
    updates: updatesCalls,
  }
  const namesOf = (table: object): string[] => Object.keys(table).sort()
  expect(
    Object.fromEntries(Object.entries(CALL_NAMES).map(([domain, names]) => [domain, [...names].sort()])),
  ).toEqual(Object.fromEntries(Object.entries(tables).map(([domain, table]) => [domain, namesOf(table)])))
})
