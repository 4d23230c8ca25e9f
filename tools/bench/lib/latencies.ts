import { percentile, table } from './statistics'

/** What is promised of an edit's way to the other screen, milliseconds. */
export const TARGETS = { p50: 33, p99: 300 } as const

/** Milliseconds at which so much of all were done. */
export interface Latencies {
  readonly count: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly max: number
}

export function summarise(values: readonly number[]): Latencies {
  const at = (share: number): number => Math.round(percentile(values, share) * 10) / 10
  return { count: values.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) }
}

export function meetsTargets({ p50, p99 }: Latencies): boolean {
  return p50 <= TARGETS.p50 && p99 <= TARGETS.p99
}

/** A table with a line for each series. */
export function latencyTable(series: Readonly<Record<string, Latencies>>): string {
  const rows = Object.entries(series).map(([name, latencies]) => {
    const { count, p50, p95, p99, max } = latencies
    return [name, String(count), ...[p50, p95, p99, max].map(String), meetsTargets(latencies) ? 'yes' : 'NO']
  })
  const within = `p50 <= ${TARGETS.p50}, p99 <= ${TARGETS.p99}`
  return table([['milliseconds', 'keys', 'p50', 'p95', 'p99', 'max', within], ...rows])
}
