/** Time and timers, passed in so that tests can step them by hand. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Runs `task` once, `ms` milliseconds from now. Returns what cancels it. */
  after(ms: number, task: () => void): () => void
}
