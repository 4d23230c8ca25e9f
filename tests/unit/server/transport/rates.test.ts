import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AddressCounts } from '../../../../src/server/transport/addressCounts'
import { Pace } from '../../../../src/server/transport/pace'
import { TokenBucket } from '../../../../src/server/transport/tokenBucket'
import { DEFAULT_TRANSPORT_LIMITS } from '../../../../src/server/transport/transportLimits'
import { UnfinishedMessages } from '../../../../src/server/transport/unfinishedMessages'
import { ManualClock } from '../../../lib/manualClock'

describe('a token bucket', () => {
  it('L4: lets a burst through after a rest, then the rate, then says how long to wait', () => {
    const clock = new ManualClock()
    const bucket = new TokenBucket(clock, { perSecond: 10, burst: 5 })
    expect(Array.from({ length: 5 }, () => bucket.take(1))).toEqual([0, 0, 0, 0, 0])
    expect([bucket.take(1), bucket.take(1)]).toEqual([100, 200])
    clock.advance(300)
    expect([bucket.take(1), bucket.take(1)]).toEqual([0, 100])
    clock.advance(3_600_000)
    expect([bucket.take(5), bucket.take(1)]).toEqual([0, 100])
  })

  it('L4: never lets more through than the burst and the rate, however it is asked', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(500), fc.nat(20)), { minLength: 1, maxLength: 100 }),
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 1, max: 50 }),
        (steps, perSecond, burst) => {
          const clock = new ManualClock()
          const bucket = new TokenBucket(clock, { perSecond, burst })
          let [passed, elapsed] = [0, 0]
          for (const [restMs, count] of steps) {
            clock.advance(restMs)
            elapsed += restMs
            const wait = bucket.take(count)
            clock.advance(wait)
            elapsed += wait
            passed += count
            expect(passed).toBeLessThanOrEqual(burst + (perSecond * elapsed) / 1_000 + 1e-6)
          }
        },
      ),
    )
  })

  it('gives nothing for a clock that is set back, and goes on', () => {
    const clock = new ManualClock()
    const bucket = new TokenBucket(clock, { perSecond: 10, burst: 1 })
    bucket.take(1)
    clock.setBack(60_000)
    expect(bucket.take(1)).toBe(100)
    clock.advance(100)
    expect(bucket.take(1)).toBe(100)
  })
})

describe('the pace of a connection', () => {
  const LIMITS = {
    messagesPerSecond: 100,
    messageBurst: 10,
    bytesPerSecond: 1_000,
    byteBurst: 1_000,
    maxPauseMs: 500,
  }

  function setUp() {
    const clock = new ManualClock()
    const said: string[] = []
    const note = (text: string) => () => void said.push(text)
    const pace = new Pace({
      limits: LIMITS,
      clock,
      pause: note('pause'),
      resume: note('resume'),
      exceeded: note('exceeded'),
    })
    return { clock, said, pace }
  }

  it('L4: is not felt by who keeps to it', () => {
    const { clock, said, pace } = setUp()
    for (let second = 0; second < 60; second += 1) {
      for (let i = 0; i < 10; i += 1) pace.message()
      pace.bytes(900)
      clock.advance(1_000)
    }
    expect(said).toEqual([])
    expect(clock.waiting).toBe(0)
  })

  it('L4: holds up who is a little too fast for as long as is owed, and goes on', () => {
    const { clock, said, pace } = setUp()
    for (let i = 0; i < 15; i += 1) pace.message()
    expect(said.at(-1)).toBe('pause')
    clock.advance(49)
    expect(said).not.toContain('resume')
    clock.advance(1)
    expect(said.filter((text) => text === 'resume')).toEqual(['resume'])
    pace.bytes(1_200)
    expect(said.at(-1)).toBe('pause')
    clock.advance(200)
    expect(said.at(-1)).toBe('resume')
    expect(said).not.toContain('exceeded')
  })

  it('L4: lets a message that costs more than the burst be waited for, whatever the burst is', () => {
    const { clock, said, pace } = setUp()
    for (let i = 0; i < 20; i += 1) {
      pace.message()
      pace.message(1_000_000)
      clock.advance(500)
    }
    expect(said).not.toContain('exceeded')
  })

  it('L4: cuts who sends more at once than can be waited for, once', () => {
    const { clock, said, pace } = setUp()
    for (let i = 0; i < 1_000; i += 1) pace.message()
    pace.bytes(1_000_000)
    clock.advance(60_000)
    expect(said.filter((text) => text === 'exceeded')).toEqual(['exceeded'])
    expect(said.slice(-2)).toEqual(['pause', 'exceeded'])
  })

  it('is over with the connection', () => {
    const { clock, said, pace } = setUp()
    for (let i = 0; i < 15; i += 1) pace.message()
    pace.stop()
    clock.advance(60_000)
    expect(said).not.toContain('resume')
    expect(clock.waiting).toBe(0)
  })
})

describe('messages that have begun and not ended', () => {
  it('L5: are bounded in all; the connection that holds most of them is cut', () => {
    const cut: string[] = []
    const unfinished = new UnfinishedMessages<string>(1_000, (name) => cut.push(name))
    unfinished.came('honest', 300)
    unfinished.came('attacker', 600)
    expect(cut).toEqual([])
    unfinished.came('honest', 200)
    expect(cut).toEqual(['attacker'])
    unfinished.came('honest', 500)
    expect(cut).toEqual(['attacker'])
  })

  it('L5: count no longer when they are whole or their connection is gone; pings do not hide them', () => {
    const cut: string[] = []
    const unfinished = new UnfinishedMessages<string>(1_000, (name) => cut.push(name))
    for (let round = 0; round < 100; round += 1) {
      unfinished.came('a', 900)
      unfinished.finished('a')
      unfinished.came('b', 900)
      unfinished.closed('b')
      unfinished.came('idle', 10)
      unfinished.control('idle', 10)
    }
    expect(cut).toEqual([])
    for (let round = 0; round < 101; round += 1) {
      unfinished.came('c', 20)
      unfinished.control('c', 10)
    }
    expect(cut).toEqual(['c'])
  })
})

/** Connections that could be opened from addresses that come one after another, at most `tries`. */
function openAll(counts: AddressCounts, tries: number, address: (index: number) => string): number {
  return Array.from({ length: tries }, (_, index) => counts.enter(address(index))).filter(
    (leave) => leave !== undefined,
  ).length
}

const hex = (value: number): string => value.toString(16)

describe('connections of an address', () => {
  const TIGHT = {
    maxConnectionsPerAddress: 2,
    maxConnectionsPerIPv6Network: 3,
    maxConnectionsPerIPv6Site: 5,
  }

  it('L6: are limited for each address, and free again when they end', () => {
    const counts = new AddressCounts(TIGHT)
    const leave = counts.enter('192.168.1.2')
    expect(counts.enter('192.168.1.2')).toBeDefined()
    expect(counts.enter('::ffff:192.168.1.2')).toBeUndefined()
    expect(counts.enter('192.168.1.3')).toBeDefined()
    leave?.()
    expect(counts.enter('192.168.1.2')).toBeDefined()
    expect(counts.enter('192.168.1.2')).toBeUndefined()
  })

  it('L6: are free again in the network and the site when they end, and one that is refused takes nothing', () => {
    const counts = new AddressCounts(TIGHT)
    const leaves = ['a:b:c:1::1', 'a:b:c:1::2', 'a:b:c:1::3', 'a:b:c:2::1', 'a:b:c:2::2'].map((address) =>
      counts.enter(address),
    )
    expect(leaves.every((leave) => leave !== undefined)).toBe(true)
    for (const refused of ['a:b:c:1::4', 'a:b:c:3::1', 'a:b:c:2::1'])
      expect(counts.enter(refused)).toBeUndefined()
    expect(counts.enter('a:b:d:1::1')).toBeDefined()
    for (const leave of leaves) leave?.()
    expect(openAll(counts, 9, (index) => `a:b:c:${hex(index)}::1`)).toBe(5)
  })

  it.each([
    ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9', 'network'],
    ['fe80::1%eth0', 'fe80::2', 'network'],
    ['fd00::1', 'fd00:0:0:0:5::1', 'network'],
    ['2001:db8:1:2::1', '2001:db8:1:3::1', 'site'],
    ['2001:db8:1::1', '2001:db8:1:ff00::1', 'site'],
    ['2001:db8:1:2::1', '2001:db8:2:2::1', 'nothing'],
    ['::1', '::1', 'address'],
    ['10.0.0.1', '10.0.0.1', 'address'],
    ['10.0.0.1', '10.0.0.2', 'nothing'],
  ])('L6: %s and %s have one %s', (first, second, what) => {
    const limits = {
      maxConnectionsPerAddress: what === 'address' ? 1 : 9,
      maxConnectionsPerIPv6Network: what === 'network' ? 1 : 9,
      maxConnectionsPerIPv6Site: what === 'site' || what === 'nothing' ? 1 : 9,
    }
    const counts = new AddressCounts(limits)
    counts.enter(first)
    expect(counts.enter(second) === undefined).toBe(what !== 'nothing')
  })

  it('L6: leave half of all for others, however many addresses and networks one site has', () => {
    const counts = new AddressCounts(DEFAULT_TRANSPORT_LIMITS)
    const most = DEFAULT_TRANSPORT_LIMITS.maxConnections
    expect(openAll(counts, 1_000, () => '2001:db8:1::1')).toBe(256)
    expect(openAll(counts, 5_000, (index) => `2001:db8:1:0:${hex(index)}::1`)).toBe(256)
    expect(openAll(counts, 5_000, (index) => `2001:db8:1:${hex(index)}::1`)).toBe(most / 2 - 512)
    expect(openAll(counts, most / 2, (index) => `192.168.${index >> 8}.${index & 255}`)).toBe(most / 2)
  })
})
