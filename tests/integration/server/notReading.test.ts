import { expect, onTestFinished, test } from 'vitest'
import { startPlainHost } from '../../lib/plainHost'
import { makeTemporaryFolder, removeFolder } from '../../lib/temporaryFolder'
import { Connection, Device, newId, type Message } from '../documentClient/connection'

const MANY = 1e9
/** Twice what the buffers of the system hold of the shortest answers. */
const MESSAGES = 300_000
const AT_ONCE = 500

const messagesTo: Record<string, (roomId: string) => Message> = {
  closePage: () => ({ type: 'closePage', pageId: newId() }),
  knock: (roomId) => ({ type: 'knock', roomId }),
}

test.each(Object.entries(messagesTo))(
  'L11: who reads no answer to %s is cut, and others go on',
  async (_type, messageOf) => {
    const dataFolder = await makeTemporaryFolder()
    const host = await startPlainHost(dataFolder, {
      limits: { maxUnreadBytes: 256 * 1024 },
      transportLimits: {
        messagesPerSecond: MANY,
        messageBurst: MANY,
        bytesPerSecond: MANY,
        byteBurst: MANY,
        closeTimeoutMs: 60_000,
      },
    })
    onTestFinished(async () => {
      deaf.cut()
      honest.cut()
      await host.stop()
      await removeFolder(dataFolder)
    })
    const { roomId } = await host.roomServer.createRoom('A room')
    const [deaf, honest] = [0, 1].map(() => new Connection(`ws://127.0.0.1:${host.port}/socket`)) as [
      Connection,
      Connection,
    ]
    for (const connection of [deaf, honest]) {
      await connection.logIn(new Device(), newId(), 'Somebody')
      await connection.join(roomId)
    }
    deaf.stopReading()
    for (let sent = 0; sent < MESSAGES; sent += AT_ONCE) await deaf.sendMany(messageOf(roomId), AT_ONCE)
    await honest.ask({ type: 'knock', roomId }, 'knocked')
    deaf.readOn()
    await expect(deaf.until(() => undefined)).rejects.toThrow('closed with 4431 not-reading')
    expect(deaf.messages.length).toBeLessThan(MESSAGES)
  },
)
