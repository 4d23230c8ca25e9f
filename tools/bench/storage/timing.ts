/** Milliseconds of one run. */
export async function timed(task: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await task()
  return performance.now() - start
}

/** Milliseconds of each of several runs. */
export async function timedRuns(count: number, task: (run: number) => Promise<unknown>): Promise<number[]> {
  const times: number[] = []
  for (let run = 0; run < count; run += 1) times.push(await timed(() => task(run)))
  return times
}

/** The value that `share` (0 to 1) of all are not above. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}

/** A measured thing: its name, and either its one time or median and 99th percentile, in milliseconds. */
export interface Figure {
  readonly name: string
  readonly ms: number
  readonly p99?: number
}

export function figure(name: string, times: readonly number[]): Figure {
  return times.length < 100
    ? { name, ms: quantile(times, 0.5) }
    : { name, ms: quantile(times, 0.5), p99: quantile(times, 0.99) }
}
