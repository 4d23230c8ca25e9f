import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { IpcRefusal, Router, toIpcError } from '../../../src/main/ipc/router'
import { WindowSessions, type WindowSession } from '../../../src/main/windows/windowSession'
import { silentLogger } from '../../../src/server/logger'
import { call } from '../../../src/shared/ipc/contract'
import { TextFileError } from '../../../src/shared/textFile'
import { FakeIpc, type FakeCaller } from '../../lib/fakeIpc'

const calls = {
  double: call(z.object({ number: z.number().max(100) }), z.number()),
  fail: call(z.enum(['own', 'system', 'other']), z.undefined()),
}

const page: FakeCaller = { sender: { name: 'ours' }, senderFrame: { url: 'app://inkroom/', parent: null } }

function setUp(hasSession = true): FakeIpc {
  const ipc = new FakeIpc()
  const session: unknown = {}
  const router = new Router(
    ipc,
    {
      isOwnPage: ({ senderFrame }) =>
        senderFrame?.url.startsWith('app://inkroom/') === true && senderFrame.parent === null,
      sessionOf: () => (hasSession ? (session as WindowSession) : undefined),
    },
    silentLogger,
  )
  router.serve('test', calls, {
    double: ({ number }) => number * 2,
    fail: (kind) => {
      if (kind === 'own') throw new TextFileError('file-not-text', 'the file is a picture')
      if (kind === 'system') throw Object.assign(new Error('/home/ada/secret'), { code: 'ENOENT' })
      throw new Error('/home/ada/secret')
    },
  })
  return ipc
}

describe('a call from a page', () => {
  it('is answered with its value', async () => {
    expect(await setUp().invoke(page, 'test.double', { number: 4 })).toEqual({ value: 8 })
  })

  it('is refused with bad-request where it does not fit the contract, naming the field', async () => {
    const ipc = setUp()
    for (const request of [
      undefined,
      null,
      'x',
      {},
      { number: '4' },
      { number: 101 },
      { number: Number.NaN },
    ]) {
      expect(await ipc.invoke(page, 'test.double', request)).toMatchObject({ error: { code: 'bad-request' } })
    }
    expect(await ipc.invoke(page, 'test.double', { number: 101 })).toMatchObject({
      error: { message: expect.stringContaining('number') as string },
    })
  })

  it('is refused with not-allowed from a foreign page, from a frame inside ours, and from one that is gone', async () => {
    const ipc = setUp()
    for (const senderFrame of [
      { url: 'https://example.org/', parent: null },
      { url: 'app://inkroom/', parent: {} },
      null,
    ]) {
      const reply = await ipc.invoke({ sender: page.sender, senderFrame }, 'test.double', { number: 1 })
      expect(reply).toMatchObject({ error: { code: 'not-allowed' } })
    }
  })

  it('is refused with not-allowed before the page has started its session', async () => {
    expect(await setUp(false).invoke(page, 'test.double', { number: 1 })).toMatchObject({
      error: { code: 'not-allowed' },
    })
  })

  it('keeps the code of an error of ours, and hides everything of the others', async () => {
    const ipc = setUp()
    expect(await ipc.invoke(page, 'test.fail', 'own')).toEqual({
      error: { code: 'file-not-text', message: 'the file is a picture' },
    })
    for (const kind of ['system', 'other']) {
      const reply = await ipc.invoke(page, 'test.fail', kind)
      expect(reply).toMatchObject({ error: { code: 'internal' } })
      expect(JSON.stringify(reply)).not.toContain('secret')
    }
    expect(toIpcError('thrown text').code).toBe('internal')
    expect(toIpcError(new IpcRefusal('not-allowed', 'no')).code).toBe('not-allowed')
  })
})

describe('a one-way message', () => {
  it('is dropped where it does not fit or comes from elsewhere', () => {
    const ipc = new FakeIpc()
    const taken: number[] = []
    const session: unknown = {}
    const callers = { isOwnPage: () => true, sessionOf: () => session as WindowSession }
    const refuseAll = { ...callers, isOwnPage: () => false }
    new Router(ipc, callers, silentLogger).listen('numbers', z.number(), (number) => taken.push(number))
    ipc.send(page, 'numbers', 1)
    ipc.send(page, 'numbers', 'two')
    new Router(ipc, refuseAll, silentLogger).listen('numbers', z.number(), (number) => taken.push(number))
    ipc.send(page, 'numbers', 3)
    expect(taken).toEqual([1])
  })
})

describe('the callers of an app', () => {
  it('are the main frames of its own windows, on its own pages', () => {
    const callers = new WindowSessions().callers({ owns: (address) => address.startsWith('app://inkroom/') })
    const foreign: unknown = page
    expect(callers.isOwnPage(foreign as Parameters<typeof callers.isOwnPage>[0])).toBe(false)
  })
})
