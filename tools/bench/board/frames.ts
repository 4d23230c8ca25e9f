import { percentile } from '../lib/statistics'

/** What frames a page drew while something moved. */
export interface Frames {
  /** Milliseconds from each frame to the next. */
  readonly intervals: readonly number[]
  /** Milliseconds that the page's main thread worked for each frame, whatever else the machine did. */
  readonly cpuMs: number
}

/** Frames in short: milliseconds. */
export interface FrameTimes {
  readonly p50: number
  readonly p95: number
}

export function timesOf(frames: readonly Frames[]): FrameTimes {
  const intervals = frames.flatMap((each) => each.intervals)
  return { p50: tenths(percentile(intervals, 0.5)), p95: tenths(percentile(intervals, 0.95)) }
}

/** A number of milliseconds as figures show it. */
export function tenths(ms: number): number {
  return Math.round(ms * 10) / 10
}
