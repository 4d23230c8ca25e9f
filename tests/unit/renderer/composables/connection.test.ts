import { nextTick } from 'vue'
import { describe, expect, it } from 'vitest'
import { useConnection } from '../../../../src/renderer/composables/useConnection'
import { FakePlatform } from '../../../lib/fakePlatform'
import { onlineClient, testApp, withSetup } from '../../../lib/withApp'

function connection(locale: 'en' | 'zh-CN' = 'en', isOwnRoom = false) {
  const app = testApp(new FakePlatform({ settings: { locale } }))
  const client = onlineClient()
  const { result } = withSetup(app, () => useConnection(client, isOwnRoom))
  return { app, client, result }
}

describe('the connection in words', () => {
  it('says that it is connected', () => {
    const { result } = connection()
    expect(result.text.value).toBe('Connected')
    expect(result.retryLabel.value).toBeUndefined()
  })

  it('counts down to the next attempt and offers to try at once', async () => {
    const { app, client, result } = connection()
    client.setOnline(false, app.clock.now() + 4000)
    await nextTick()
    expect(result.text.value).toBe('Reconnecting in 4 s')
    expect(result.retryLabel.value).toBe('Try now')
    app.clock.advance(2000)
    expect(result.text.value).toBe('Reconnecting in 2 s')
    app.clock.advance(5000)
    expect(result.text.value).toBe('Reconnecting…')
  })

  it('says how many edits this device keeps, in one and in many', async () => {
    const { app, client, result } = connection()
    client.setOnline(false, app.clock.now() + 9000)
    client.unsent.set(1)
    await nextTick()
    expect(result.text.value).toBe('Offline – one edit kept on this device')
    client.unsent.set(1234)
    expect(result.text.value).toBe('Offline – 1,234 edits kept on this device')
    expect(result.retryLabel.value).toBe('Try now (9 s)')
  })

  it('says why it was refused, and what to do', () => {
    const { client, result } = connection()
    client.status.set({ state: 'refused', code: 'room-full', detail: 'limit 32' })
    expect(result.ended.value).toBe(
      'Not in the room: The room is full. Wait until somebody leaves, then try again.',
    )
  })

  it('has a sentence for a code that only a newer server knows, and does not show its detail', () => {
    const { client, result } = connection()
    client.status.set({ state: 'refused', code: 'moon-phase', detail: 'waxing' })
    expect(result.ended.value).toContain('Something went wrong')
    expect(result.ended.value).not.toContain('waxing')
  })

  it('tells a closed room’s owner something else than its guests', () => {
    for (const [isOwn, text] of [
      [true, 'You closed this room'],
      [false, 'The owner closed this room'],
    ] as const) {
      const { client, result } = connection('en', isOwn)
      client.status.set({ state: 'roomClosed' })
      expect(result.ended.value).toContain(text)
    }
  })

  it('announces changes once, not every second', async () => {
    const { app, client } = connection()
    const heard: string[] = []
    const stop = app.notices.announcement
    client.setOnline(false, app.clock.now() + 5000)
    await nextTick()
    heard.push(stop.value)
    app.clock.advance(3000)
    await nextTick()
    expect(stop.value).toBe(heard[0])
    client.setOnline(true)
    await nextTick()
    expect(stop.value).toBe('Connected again.')
  })

  it('announces what happened before the screen was there', () => {
    const app = testApp(new FakePlatform({ settings: { locale: 'en' } }))
    const client = onlineClient()
    client.status.set({ state: 'refused', code: 'room-full', detail: '' })
    const { result } = withSetup(app, () => useConnection(client, false))
    expect(app.notices.announcement.value).toContain(result.ended.value)
  })

  it('speaks Chinese', async () => {
    const { app, client, result } = connection('zh-CN')
    client.setOnline(false, app.clock.now() + 3000)
    client.unsent.set(12)
    await nextTick()
    expect(result.text.value).toBe('离线 – 12 处编辑保留在本设备上')
  })
})
