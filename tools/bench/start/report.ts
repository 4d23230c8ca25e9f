import { median, table } from '../lib/statistics'
import type { MeasuredApp } from './apps'
import type { ProcessUse } from './processTree'
import type { Idle, Start, Starts } from './starting'

/** From asking for the process to a home screen that reacts, the page cache empty: milliseconds. */
const TARGET_MS = 1_500

/** What was measured of one app. */
export interface AppFigures {
  readonly app: MeasuredApp
  readonly starts: Starts
  readonly idle: Idle
}

/** The figures in one line. Milliseconds are medians, to the answer of the first button. */
export interface StartSummary {
  /** Null where this process may not empty the page cache. */
  readonly coldStartMs: number | null
  readonly warmStartMs: number
  readonly firstStartMs: number
  /** Processor time of all processes until a warm start is over. */
  readonly warmStartCpuMs: number
  /** Of all processes, on the home screen and with a hosted room open. */
  readonly idleMemoryMb: number
  readonly roomMemoryMb: number
  /** Null where the app cannot be packaged. */
  readonly installedMb: number | null
  /** An Electron app with one button, in the same run. */
  readonly empty: {
    readonly coldStartMs: number | null
    readonly warmStartMs: number
    readonly warmStartCpuMs: number
    readonly idleMemoryMb: number
  }
}

export function summaryOf(
  inkroom: AppFigures,
  empty: AppFigures,
  size: Readonly<Record<string, number>> | undefined,
): StartSummary {
  return {
    ...timesOf(inkroom),
    firstStartMs: Math.round(inkroom.starts.first.reactedMs),
    roomMemoryMb: Math.round(memoryOf(inkroom.idle.room ?? [])),
    installedMb: size === undefined ? null : Math.round(sum(Object.values(size))),
    empty: timesOf(empty),
  }
}

function timesOf({ starts, idle }: AppFigures): StartSummary['empty'] {
  const { cold, warm } = starts
  return {
    coldStartMs: cold === undefined ? null : middle(cold, ({ reactedMs }) => reactedMs),
    warmStartMs: middle(warm, ({ reactedMs }) => reactedMs),
    warmStartCpuMs: middle(warm, ({ cpuMs }) => cpuMs),
    idleMemoryMb: Math.round(memoryOf(idle.home)),
  }
}

export function startTables(
  figures: readonly AppFigures[],
  size: Readonly<Record<string, number>> | undefined,
): string {
  const head = ['start, ms', 'runs', 'button', 'reacts', 'slowest', 'CPU of all', `<= ${TARGET_MS}`]
  const tables = [
    table([head, ...figures.flatMap(startRows)]),
    ...figures.flatMap(({ app, idle }) => [
      memoryTable(
        `${app.name}: memory on the ${idle.room === undefined ? 'only' : 'home'} screen, MB`,
        idle.home,
      ),
      ...(idle.room === undefined
        ? []
        : [memoryTable(`${app.name}: memory with a hosted room open, MB`, idle.room)]),
    ]),
  ]
  if (size !== undefined) {
    const rows = Object.entries(size).map(([kind, mb]) => [kind, mb.toFixed(1)])
    tables.push(table([['installed, MB', 'size'], ...rows, ['all', sum(Object.values(size)).toFixed(1)]]))
  }
  return tables.join('\n\n')
}

function startRows({ app, starts: { first, cold, warm } }: AppFigures): string[][] {
  const row = (what: string, starts: readonly Start[]): string[] => {
    const reacted = middle(starts, ({ reactedMs }) => reactedMs)
    return [
      `${app.name}, ${what}`,
      String(starts.length),
      String(middle(starts, ({ shownMs }) => shownMs)),
      String(reacted),
      String(Math.round(Math.max(...starts.map(({ reactedMs }) => reactedMs)))),
      String(middle(starts, ({ cpuMs }) => cpuMs)),
      reacted <= TARGET_MS ? 'yes' : 'NO',
    ]
  }
  return [
    row('the very first', [first]),
    ...(cold === undefined ? [] : [row('cold', cold)]),
    row('warm', warm),
  ]
}

function memoryTable(title: string, uses: readonly ProcessUse[]): string {
  const kinds = [...new Set(uses.map(({ kind }) => kind))].sort()
  const row = (name: string, of: readonly ProcessUse[]): string[] => [
    name,
    String(of.length),
    memoryOf(of).toFixed(1),
  ]
  return table([
    [title, 'processes', 'PSS'],
    ...kinds.map((kind) =>
      row(
        kind,
        uses.filter((each) => each.kind === kind),
      ),
    ),
    row('all', uses),
  ])
}

const middle = (starts: readonly Start[], read: (start: Start) => number): number =>
  Math.round(median(starts.map(read)))
const memoryOf = (uses: readonly ProcessUse[]): number => sum(uses.map(({ memoryMb }) => memoryMb))
const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0)
