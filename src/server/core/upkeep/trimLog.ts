import type { RoomStore } from '../../storage/roomStore'
import type { Environment } from '../environment'
import { keepLogFor } from './keepTimes'

/** Updates forgotten in one transaction: some milliseconds. */
const FORGET_COUNT = 200
/** Updates whose length is looked at in one go. */
const MEASURE_COUNT = 5_000

/** A page's log as far as it may be forgotten. */
export interface TrimmableLog {
  readonly roomId: string
  readonly pageId: string
  /** Version of the page. */
  readonly head: number
  /** Newest version that may go: a snapshot holds it, and nobody is still to be sent it. */
  readonly limit: number
  /** Version up to which the log goes whatever its age, 0 for none. */
  readonly least: number
}

type Tools = Pick<Environment, 'store' | 'limits' | 'clock' | 'defer'>

/**
 * Forgets updates that are older than they are kept, or that are too many together. Clients that stand before the log
 * are given the content, and rebase what they have unsent by difference.
 */
export async function trimLog(log: TrimmableLog, tools: Tools): Promise<void> {
  const { store, defer, limits } = tools
  const { roomId, pageId } = log
  const start = await store.logStart(roomId, pageId)
  if (start >= log.limit) return
  const wanted = Math.max(log.least, await tooOld(log, start, tools), await tooMuch(log, start, tools))
  const target = Math.min(log.limit, wanted)
  for (let version = start; version < target;) {
    version = Math.min(version + FORGET_COUNT, target)
    await store.compact(roomId, pageId, version)
    await turn(defer)
  }
  if (target > start) await store.forgetHeads(roomId, pageId, target - limits.keepHeads)
}

/** Lets everything run that has arrived meanwhile. */
export function turn(defer: Environment['defer']): Promise<void> {
  return new Promise((resolve) => defer(resolve))
}

/** Newest version committed before updates are kept; times rise with versions unless the clock was set back. */
async function tooOld(log: TrimmableLog, start: number, { store, limits, clock }: Tools): Promise<number> {
  const before = clock.now() - keepLogFor(limits)
  let [low, high] = [start, log.limit]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    const time = await timeOf(store, log, middle)
    if (time !== undefined && time < before) low = middle
    else high = middle - 1
  }
  return low
}

async function timeOf(store: RoomStore, log: TrimmableLog, version: number): Promise<number | undefined> {
  const [update] = await store.readUpdates(log.roomId, log.pageId, version - 1, version, 1)
  return update?.update.time
}

/** Oldest version such that what is kept after it is not longer than allowed, or `start`. */
async function tooMuch(log: TrimmableLog, start: number, { store, limits, defer }: Tools): Promise<number> {
  const { roomId, pageId, head } = log
  let room = limits.maxLogLength
  /** What is kept after `to` fits. */
  let to = head
  for (let count = MEASURE_COUNT; to > start;) {
    const from = Math.max(start, to - count)
    const length = await store.logLength(roomId, pageId, from, to)
    if (length <= room) {
      room -= length
      to = from
    } else if (count === 1) {
      return to
    } else {
      count = Math.ceil(count / 8)
    }
    await turn(defer)
  }
  return start
}
