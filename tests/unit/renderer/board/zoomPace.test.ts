import { describe, expect, it } from 'vitest'
import { ZoomPace } from '../../../../src/renderer/board/zoomPace'

const FRAME_MS = 16.7
const BUDGET_MS = 2.5

/** Frames of a machine on which one that paints tiles for longer than `spareMs` is followed by a late one. */
function runFrames(count: number, spareMs: number, tileMs: number) {
  const pace = new ZoomPace(BUDGET_MS)
  let time = 0
  let late = 0
  let painted = 0
  let wait = FRAME_MS
  for (let frame = 0; frame < count; frame++) {
    pace.asked(time)
    time += wait
    pace.came(time)
    let used = 0
    while (used < pace.allowedMs) used += tileMs
    pace.used(used)
    painted += used
    wait = used > spareMs ? 2 * FRAME_MS : FRAME_MS
    if (used > spareMs) late += 1
  }
  return { pace, late, painted }
}

describe('painting while the zoom changes', () => {
  it('uses its budget on the average where every frame is in time, however long a tile takes', () => {
    for (const tileMs of [0.4, 2, 9]) {
      const { pace, painted } = runFrames(1000, Infinity, tileMs)
      expect(painted / 1000).toBeGreaterThan(0.95 * BUDGET_MS)
      expect(painted / 1000).toBeLessThan(1.05 * BUDGET_MS)
      expect(pace.isEasy).toBe(true)
    }
  })

  it('leaves less than one frame in twenty late where there is time for less, and still paints', () => {
    const { late, painted } = runFrames(2000, 1, 0.2)
    expect(late).toBeLessThan(100)
    expect(painted / 2000).toBeGreaterThan(0.4)
  })

  it('goes without smooth edges after a late frame, until frames have been in time for a while', () => {
    const { pace } = runFrames(10, 1, 2)
    expect(pace.isEasy).toBe(false)
    for (let time = 10_000; time < 20_000; time += FRAME_MS) {
      pace.asked(time)
      pace.came(time + FRAME_MS)
    }
    expect(pace.isEasy).toBe(true)
  })

  it('forgets soon what one tile took far too long', () => {
    const pace = new ZoomPace(BUDGET_MS)
    pace.used(500)
    let frames = 0
    for (let time = 0; pace.allowedMs === 0; time += FRAME_MS, frames++) {
      pace.asked(time)
      pace.came(time + FRAME_MS)
    }
    expect(frames).toBeLessThan(10)
  })

  it('takes a frame that nobody asked for earlier for none that is late', () => {
    const pace = new ZoomPace(BUDGET_MS)
    for (let time = 0; time < 100_000; time += 1000) {
      pace.asked(time)
      pace.came(time + FRAME_MS)
      pace.came(time + 500)
    }
    expect(pace.isEasy).toBe(true)
  })
})
