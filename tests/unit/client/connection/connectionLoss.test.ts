import { describe, expect, it } from 'vitest'
import { SESSION_ID, ConnectionGround, settle } from './connectionGround'

describe('a server that has gone silent', () => {
  it('K1: is noticed within 10 s, and tried again', async () => {
    const ground = new ConnectionGround()
    await ground.end.join()
    ground.clock.advance(9_001)
    expect(ground.status).toMatchObject({ state: 'reconnecting' })
    expect([ground.told.at(-1), ground.ends[0]?.closing?.code]).toEqual(['lost', 4000])
  })

  it('K1: is not one that sends a heartbeat now and then, or anything else', async () => {
    const ground = new ConnectionGround()
    await ground.end.join()
    for (let i = 0; i < 20; i++) {
      ground.clock.advance(4_000)
      ground.end.say(i % 2 === 0 ? { type: 'heartbeat' } : { type: 'personLeft', sessionId: SESSION_ID })
    }
    expect(ground.status).toMatchObject({ state: 'connected' })
    expect(ground.told).not.toContain('heartbeat')
  })

  it('K1: is noticed within 10 s also before it has greeted', () => {
    const ground = new ConnectionGround()
    ground.clock.advance(8_001)
    expect(ground.status).toMatchObject({ state: 'reconnecting' })
    expect(ground.told).toEqual([])
  })

  it('K1: is waited for as long as the server says it may be silent', async () => {
    const ground = new ConnectionGround()
    await ground.end.join(10_000)
    ground.clock.advance(29_000)
    expect(ground.status).toMatchObject({ state: 'connected' })
    ground.clock.advance(1_001)
    expect(ground.status).toMatchObject({ state: 'reconnecting' })
  })
})

describe('a connection that is lost', () => {
  it('K4: is tried again after waits that double while nobody answers', () => {
    const ground = new ConnectionGround()
    const waits: number[] = []
    for (let attempt = 1; attempt <= 8; attempt++) {
      ground.end.listener.closed(1006, '')
      const { status } = ground.connection
      if (status.value.state !== 'reconnecting') throw new Error(`it is ${status.value.state}`)
      expect(status.value.attempt).toBe(attempt)
      waits.push(status.value.retryAt - ground.clock.now())
      ground.clock.advance(waits.at(-1) ?? 0)
      expect(ground.status).toEqual({ state: 'connecting' })
    }
    expect(waits).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000])
  })

  it('K4: counts anew once it has held for a while, and not before', async () => {
    const ground = new ConnectionGround()
    const loseAfter = async (ms: number): Promise<unknown> => {
      await ground.end.join()
      for (let passed = 0; passed < ms; passed += 1_000) {
        ground.clock.advance(1_000)
        ground.end.say({ type: 'heartbeat' })
      }
      ground.end.listener.closed(1006, '')
      const { value } = ground.connection.status
      if (value.state !== 'reconnecting') throw new Error(`it is ${value.state}`)
      ground.clock.advance(value.retryAt - ground.clock.now())
      return value.attempt
    }
    const attempts: unknown[] = []
    for (const ms of [1_000, 1_000, 6_000, 1_000]) attempts.push(await loseAfter(ms))
    expect(attempts).toEqual([1, 2, 1, 2])
  })

  it('K4: is tried at once where somebody asks for it', async () => {
    const ground = new ConnectionGround()
    ground.end.listener.closed(1006, '')
    ground.connection.connect()
    expect([ground.ends.length, ground.status]).toEqual([2, { state: 'connecting' }])
    await ground.end.join()
    ground.clock.advance(500)
    expect(ground.ends).toHaveLength(2)
  })

  it('K9: says why the server ended it, until it is tried again', async () => {
    const ground = new ConnectionGround()
    ground.connection.connect()
    await ground.end.join()
    ground.end.listener.closed(1009, '')
    expect(ground.status).toMatchObject({ state: 'reconnecting', reason: 'frame-too-large' })
    ground.connection.connect()
    ground.end.greet()
    ground.end.say({ type: 'error', code: 'too-many-connections', detail: 'at the limit' })
    ground.end.listener.closed(4429, '')
    expect(ground.status).toMatchObject({ state: 'reconnecting', reason: 'too-many-connections' })
    ground.connection.connect()
    ground.end.listener.closed(1006, '')
    expect(ground.status).toMatchObject({ state: 'reconnecting', reason: undefined })
  })

  it('K8: says nothing any more: what still arrives over it is ignored', async () => {
    const ground = new ConnectionGround()
    const old = ground.end
    await old.join()
    ground.connection.connect()
    expect([old.closing !== undefined, ground.told.at(-1)]).toEqual([true, 'lost'])
    const before = ground.told.length
    old.say({ type: 'roomClosed' })
    old.listener.received('nonsense')
    old.listener.closed(1006, '')
    expect([ground.told.length, ground.status]).toEqual([before, { state: 'connecting' }])
  })
})

describe('leaving', () => {
  it('K6: waits for the confirmation', async () => {
    const ground = new ConnectionGround()
    await ground.end.join()
    const leaving = ground.connection.leave()
    await settle()
    expect(ground.end.sent.at(-1)).toEqual({ type: 'leave' })
    expect(ground.status).toMatchObject({ state: 'connected' })
    ground.end.say({ type: 'left' })
    await leaving
    expect([ground.status, ground.end.closing?.code, ground.clock.waiting]).toEqual([
      { state: 'left' },
      1000,
      0,
    ])
  })

  it('K6: waits at most 2 s', async () => {
    const ground = new ConnectionGround()
    await ground.end.join()
    const leaving = ground.connection.leave()
    ground.clock.advance(2_000)
    await leaving
    expect(ground.status).toEqual({ state: 'left' })
  })

  it('K6: does not wait for a connection that is lost meanwhile, and does not come back', async () => {
    const ground = new ConnectionGround()
    await ground.end.join()
    const leaving = ground.connection.leave()
    ground.end.listener.closed(1006, '')
    await leaving
    ground.clock.advance(60_000)
    expect([ground.status, ground.ends.length]).toEqual([{ state: 'left' }, 1])
  })

  it('K6: needs no confirmation where no room is joined', async () => {
    const ground = new ConnectionGround()
    ground.end.listener.closed(1006, '')
    await ground.connection.leave()
    ground.clock.advance(60_000)
    expect([ground.status, ground.ends.length]).toEqual([{ state: 'left' }, 1])
  })
})
