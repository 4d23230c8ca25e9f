import type { Clock } from '../shared/clock'

/** Longest wait one timer of the system takes, milliseconds; beyond it a timer fires at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** The clock and timers of the machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, task) {
    let timer: NodeJS.Timeout
    const wait = (left: number): void => {
      timer = setTimeout(
        () => (left > LONGEST_TIMER_MS ? wait(left - LONGEST_TIMER_MS) : task()),
        Math.min(left, LONGEST_TIMER_MS),
      )
    }
    wait(ms)
    return () => clearTimeout(timer)
  },
}
