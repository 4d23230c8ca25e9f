import type { Clock } from '../../../src/shared/clock'

interface Timer {
  readonly due: number
  readonly task: () => void
  readonly scope: ClockScope
}

/** Time that passes only when a test says so. Each process of a simulation has a scope of its own. */
export class FakeClock {
  #now = 1_700_000_000_000
  #timers: Timer[] = []

  get now(): number {
    return this.#now
  }

  scope(): ClockScope {
    return new ClockScope(this)
  }

  /** Lets time pass and runs what falls due, in order. */
  advance(ms: number): void {
    const end = this.#now + ms
    for (;;) {
      const next = this.#timers.filter(({ due }) => due <= end).sort((a, b) => a.due - b.due)[0]
      if (next === undefined) break
      this.#timers.splice(this.#timers.indexOf(next), 1)
      this.#now = Math.max(this.#now, next.due)
      next.task()
    }
    this.#now = end
  }

  /** Time passes while every machine sleeps: timers that fall due meanwhile run with the next {@link advance}. */
  sleep(ms: number): void {
    this.#now += ms
  }

  add(timer: Timer): () => void {
    this.#timers.push(timer)
    return () => {
      const index = this.#timers.indexOf(timer)
      if (index >= 0) this.#timers.splice(index, 1)
    }
  }

  drop(scope: ClockScope): void {
    this.#timers = this.#timers.filter((timer) => timer.scope !== scope)
  }
}

/** The clock of one process: when it is killed, its timers are gone. */
export class ClockScope implements Clock {
  readonly #clock: FakeClock
  #dead = false

  constructor(clock: FakeClock) {
    this.#clock = clock
  }

  now(): number {
    return this.#clock.now
  }

  after(ms: number, task: () => void): () => void {
    if (this.#dead) return () => undefined
    return this.#clock.add({ due: this.#clock.now + Math.max(0, ms), task, scope: this })
  }

  kill(): void {
    this.#dead = true
    this.#clock.drop(this)
  }
}
