/** Milliseconds before the first attempt to connect again, and the longest between two. */
const FIRST_MS = 250
const LONGEST_MS = 10_000

/**
 * Milliseconds to wait before the n-th attempt in a row (from 1): doubling, with jitter of up to a half, so that a
 * room full of people does not come back in the same instant. `random` is in [0, 1).
 */
export function backoffMs(attempt: number, random: number): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempt - 1))
  return Math.round(full * (1 - random / 2))
}
