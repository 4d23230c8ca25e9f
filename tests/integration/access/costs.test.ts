import { expect, it, onTestFinished } from 'vitest'
import { DEFAULT_MESSAGE_COSTS } from '../../../src/server/core/messageCosts'
import { startPlainHost } from '../../lib/plainHost'
import { makeTemporaryFolder, removeFolder } from '../../lib/temporaryFolder'
import { Connection, Device, newId, type Message } from '../documentClient/connection'
import { handled } from './accessRoom'

/** Somebody in a room of a server that takes 100 messages a second. */
async function guest(): Promise<Connection> {
  const folder = await makeTemporaryFolder()
  const host = await startPlainHost(folder, {
    transportLimits: { messagesPerSecond: 100, messageBurst: 100, maxPauseMs: 1_000 },
  })
  const { roomId } = await host.roomServer.createRoom('Room', newId())
  const connection = new Connection(`ws://127.0.0.1:${host.port}/socket`)
  onTestFinished(async () => {
    connection.cut()
    await host.stop()
    await removeFolder(folder)
  })
  await connection.logIn(new Device(), newId(), 'Guest')
  await connection.join(roomId)
  return connection
}

const ownInvite = (request: number): Message => ({
  type: 'createInvite',
  request,
  role: 'viewer',
  expiresAt: null,
  maxUses: null,
  ownDevice: true,
})

it('L4: messages that make the server wait for its disk are cut long before ordinary ones are', async () => {
  const [fast, faster] = [await guest(), await guest()]
  for (let i = 0; i < 60; i += 1) fast.send({ type: 'closePage', pageId: newId() })
  await handled(fast)
  for (let request = 0; request < 60; request += 1) faster.send(ownInvite(request))
  await expect(faster.until(() => undefined)).rejects.toThrow('4430')
  // The burst and a second's worth, less what coming in cost.
  const most = (100 + 100) / (DEFAULT_MESSAGE_COSTS.createInvite ?? 1) + 1
  expect(faster.messages.filter(({ type }) => type === 'invite').length).toBeLessThanOrEqual(most)
  expect(fast.closed).toBeUndefined()
})
