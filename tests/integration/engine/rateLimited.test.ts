import { expect, onTestFinished, test } from 'vitest'
import { edit, Participant, untilPage } from '../../../tools/lib/client/participant'
import type { Host, HostOptions } from '../../../src/server/host/startHost'
import { startPlainHost } from '../../lib/plainHost'
import { makeTemporaryFolder, removeFolder } from '../../lib/temporaryFolder'
import { WsPeer } from '../../lib/wsPeer'
import { Connection, Device, newId } from '../documentClient/connection'

async function start(
  options: Pick<HostOptions, 'limits' | 'transportLimits'>,
  encryption: HostOptions['encryption'] = { certificate: 'own', plainBrowsers: false },
): Promise<Host> {
  const dataFolder = await makeTemporaryFolder()
  const host = await startPlainHost(dataFolder, {
    encryption,
    ...options,
  })
  onTestFinished(async () => {
    await host.stop()
    await removeFolder(dataFolder)
  })
  return host
}

test('L4: who is cut for being too fast comes back later, and loses nothing', async () => {
  // Coming in and opening two pages takes 5 messages, so each connection brings some edits in before it is cut.
  const host = await start({
    limits: { messageCosts: {} },
    transportLimits: { messagesPerSecond: 5, messageBurst: 12, maxPauseMs: 100 },
  })
  const { roomId } = await host.roomServer.createRoom('Limits', 'a'.repeat(32))
  const fast = new Participant(host.localLinkOf(roomId), { limits: { sendIntervalMs: 0 } })
  onTestFinished(() => fast.leave())
  let cut = 0
  fast.client.status.subscribe(() => {
    const { value } = fast.client.status
    if (value.state === 'reconnecting' && value.reason === 'rate-limited') cut += 1
  })
  const page = await fast.openText(await fast.createPage('Notes'))
  const words = Array.from({ length: 20 }, (_, i) => `${i} `)
  for (const word of words) {
    edit(page, page.content.length, page.content.length, word)
    // One by one: what is written while something is on its way is sent together, and so would be too little to be cut.
    await untilPage(page, ({ unsent }) => unsent === 0, 'it is sent', 60_000)
  }
  await untilPage(page, ({ synced, unsent }) => synced && unsent === 0, 'all is sent', 60_000)
  expect(cut).toBeGreaterThan(0)
  expect(page.content.toString()).toBe(words.join(''))
  const reader = new Participant(host.localLinkOf(roomId), { name: 'Bob' })
  onTestFinished(() => reader.leave())
  expect((await reader.openText(page.pageId)).content.toString()).toBe(words.join(''))
})

test('L7: pings and messages that are no login give no more time to log in', async () => {
  const host = await start({ limits: { loginTimeoutMs: 400 } })
  const peer = await WsPeer.connect(`wss://127.0.0.1:${host.port}/socket`, { rejectUnauthorized: false })
  const began = performance.now()
  const timer = setInterval(() => {
    peer.webSocket.ping()
    peer.webSocket.send('x', { fin: false })
  }, 20)
  expect(await peer.wasClosed()).toEqual({ code: 4408, reason: 'login-timeout' })
  clearInterval(timer)
  expect(performance.now() - began).toBeLessThan(4_000)
})

test('L7: after the login nothing but a room gives more time', async () => {
  const host = await start({ limits: { joinTimeoutMs: 400 } }, 'off')
  const { roomId } = await host.roomServer.createRoom('A room', 'a'.repeat(32))
  const eve = new Connection(`ws://127.0.0.1:${host.port}/socket`)
  await eve.logIn(new Device(), newId(), 'Eve')
  const began = performance.now()
  const timer = setInterval(() => {
    eve.send({ type: 'knock', roomId })
    eve.send({ type: 'profile', name: 'Eve', colour: 0 })
    eve.send({ type: 'join', roomId: 'b'.repeat(32) })
  }, 20)
  await expect(eve.message('nothing of this type')).rejects.toThrow('closed with 4411 join-timeout')
  clearInterval(timer)
  expect(eve.messages.filter(({ type }) => type === 'knocked').length).toBeGreaterThan(2)
  expect(performance.now() - began).toBeLessThan(4_000)
})
