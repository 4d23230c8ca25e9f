import type { Clock } from '../../src/shared/clock'

/** A clock that stands still until a test moves it. */
export class ManualClock implements Clock {
  private time: number
  private readonly timers = new Set<{ readonly at: number; readonly task: () => void }>()

  constructor(start = 1_700_000_000_000) {
    this.time = start
  }

  now(): number {
    return this.time
  }

  after(ms: number, task: () => void): () => void {
    const timer = { at: this.time + ms, task }
    this.timers.add(timer)
    return () => void this.timers.delete(timer)
  }

  /** Number of timers that wait. */
  get waiting(): number {
    return this.timers.size
  }

  /** Moves on by `ms`, running each timer at its time, in order; also those set meanwhile. */
  advance(ms: number): void {
    const end = this.time + ms
    for (let next = this.nextUntil(end); next !== undefined; next = this.nextUntil(end)) {
      this.timers.delete(next)
      this.time = next.at
      next.task()
    }
    this.time = end
  }

  /** Moves on by `ms` as when the machine slept: timers that fell due run afterwards, all late. */
  sleep(ms: number): void {
    this.time += ms
    const due = [...this.timers].filter(({ at }) => at <= this.time).sort((a, b) => a.at - b.at)
    for (const timer of due) {
      if (this.timers.delete(timer)) timer.task()
    }
  }

  /** Sets the time back by `ms`. Timers run when they would have: those of a system do not know the time of day. */
  setBack(ms: number): void {
    const timers = [...this.timers].map((timer) => ({ ...timer, at: timer.at - ms }))
    this.time -= ms
    this.timers.clear()
    for (const timer of timers) this.timers.add(timer)
  }

  private nextUntil(end: number): { readonly at: number; readonly task: () => void } | undefined {
    return [...this.timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0]
  }
}
