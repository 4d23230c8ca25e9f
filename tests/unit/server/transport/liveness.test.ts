import { beforeEach, describe, expect, test } from 'vitest'
import { Liveness } from '../../../../src/server/transport/liveness'
import { DEFAULT_TRANSPORT_LIMITS } from '../../../../src/server/transport/transportLimits'
import { ManualClock } from '../../../lib/manualClock'

let clock: ManualClock
let start: number
let pings: number[]
let deaths: number[]
let liveness: Liveness

beforeEach(() => {
  clock = new ManualClock()
  start = clock.now()
  pings = []
  deaths = []
  liveness = new Liveness({
    clock,
    pingEveryMs: DEFAULT_TRANSPORT_LIMITS.pingEveryMs,
    deadAfterMs: DEFAULT_TRANSPORT_LIMITS.deadAfterMs,
    ping: () => pings.push(clock.now() - start),
    dead: () => deaths.push(clock.now() - start),
  })
})

describe('the liveness of a peer', () => {
  test('a peer is asked every 3 s', () => {
    for (let second = 0; second < 10; second += 1) {
      clock.advance(1_000)
      liveness.heard()
    }
    expect(pings).toEqual([3_000, 6_000, 9_000])
    expect(deaths).toEqual([])
  })

  test.each([1, 500, 2_999, 3_000, 3_001, 7_777])(
    'a peer last heard after %i ms is dead exactly 9 s later',
    (ms) => {
      clock.advance(ms)
      liveness.heard()
      clock.advance(60_000)
      expect(deaths).toEqual([ms + 9_000])
    },
  )

  test('K2: a peer that never said anything is dead 9 s after it came', () => {
    clock.advance(60_000)
    expect(deaths).toEqual([9_000])
  })

  test('a dead peer is asked nothing more and told of once', () => {
    clock.advance(60_000)
    expect(pings).toEqual([3_000, 6_000])
    expect(clock.waiting).toBe(0)
  })

  test('K2: a machine that slept declares nobody dead before asking again', () => {
    clock.advance(1_000)
    clock.sleep(3_600_000)
    expect(deaths).toEqual([])
    expect(pings).toEqual([3_601_000])
    clock.advance(60_000)
    expect(deaths).toEqual([3_601_000 + 9_000])
  })

  test('nothing happens after stop', () => {
    clock.advance(4_000)
    liveness.stop()
    clock.advance(60_000)
    expect(pings).toEqual([3_000])
    expect(deaths).toEqual([])
    expect(clock.waiting).toBe(0)
  })
})
