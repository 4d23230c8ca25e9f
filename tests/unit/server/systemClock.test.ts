import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { systemClock } from '../../../src/server/systemClock'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const DAY_MS = 86_400_000

test('a task runs once, after its time', () => {
  const task = vi.fn()
  systemClock.after(1_000, task)
  vi.advanceTimersByTime(999)
  expect(task).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1_000_000)
  expect(task).toHaveBeenCalledTimes(1)
})

test('a cancelled task does not run', () => {
  const task = vi.fn()
  systemClock.after(1_000, task)()
  vi.advanceTimersByTime(2_000)
  expect(task).not.toHaveBeenCalled()
})

test('a wait longer than the timers of the system can hold is kept, and can be cancelled late', () => {
  const task = vi.fn()
  const cancelled = vi.fn()
  systemClock.after(60 * DAY_MS, task)
  const cancel = systemClock.after(60 * DAY_MS, cancelled)
  vi.advanceTimersByTime(59 * DAY_MS)
  expect(task).not.toHaveBeenCalled()
  cancel()
  vi.advanceTimersByTime(DAY_MS)
  expect(task).toHaveBeenCalledTimes(1)
  expect(cancelled).not.toHaveBeenCalled()
})
