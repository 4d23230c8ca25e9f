import { RecordingError, type ConcurrentRecording } from './recording'

/** Where a transaction stands among the others. */
export interface Standing {
  /** Who made it: see {@link orderTransactions}. */
  readonly writer: number
  /** How many transactions of its writer are before it. */
  readonly ordinal: number
  /** How many transactions of each other writer it follows; none where there is no entry. */
  readonly follows: readonly number[]
}

export interface Causality {
  /** Number of writers. */
  readonly writers: number
  readonly standings: readonly Standing[]
}

/**
 * Finds out who had seen what. A writer is an agent, as one who sees all that he has done himself. An agent who at
 * times did not (two windows, two branches) is several writers.
 */
export function orderTransactions({ transactions }: ConcurrentRecording): Causality {
  const standings: Standing[] = []
  const writersOf = new Map<number, number[]>()
  const made: number[] = []
  for (const { parents, agent } of transactions) {
    const seen =
      parents.length === 1 ? undefined : mergeSeen(parents.map((parent) => standingOf(standings, parent)))
    const parent = seen === undefined ? standingOf(standings, parents[0] ?? -1) : undefined
    const seenOf = (writer: number): number =>
      parent === undefined ? (seen?.[writer] ?? 0) : countIn(parent, writer)
    const own = writersOf.get(agent) ?? []
    let writer = own.find((each) => seenOf(each) === made[each])
    if (writer === undefined) {
      writer = made.length
      made.push(0)
      writersOf.set(agent, [...own, writer])
    }
    const ordinal = made[writer] ?? 0
    made[writer] = ordinal + 1
    standings.push({ writer, ordinal, follows: followsOf(writer, seen, parent) })
  }
  return { writers: made.length, standings }
}

function followsOf(
  writer: number,
  seen: number[] | undefined,
  parent: Standing | undefined,
): readonly number[] {
  // Most transactions go on where their writer's last one was: they share what was seen.
  if (parent?.writer === writer) return parent.follows
  const follows = parent === undefined ? (seen ?? []) : seenAfter(parent)
  if (writer < follows.length) follows[writer] = 0
  return follows
}

/** How many transactions of a writer are before a transaction, which counts itself not. */
export function countBefore({ writer, ordinal, follows }: Standing, other: number): number {
  return other === writer ? ordinal : (follows[other] ?? 0)
}

/**
 * An order of all transactions in which each comes after those it follows and few change places with another branch:
 * one writer goes on as long as it can.
 */
export function readingOrder({ writers, standings }: Causality): number[] {
  const queues = Array.from({ length: writers }, (): number[] => [])
  standings.forEach(({ writer }, index) => queues[writer]?.push(index))
  const done = queues.map(() => 0)
  const next = (writer: number): number | undefined => {
    const index = queues[writer]?.[done[writer] ?? 0]
    const follows = index === undefined ? undefined : standings[index]?.follows
    const isReady = follows?.every((count, other) => other === writer || (done[other] ?? 0) >= count)
    return isReady === true ? index : undefined
  }
  const order: number[] = []
  for (let writer = 0; order.length < standings.length; writer = (writer + 1) % writers) {
    for (let index = next(writer); index !== undefined; index = next(writer)) {
      order.push(index)
      done[writer] = (done[writer] ?? 0) + 1
    }
  }
  return order
}

function countIn(standing: Standing, writer: number): number {
  return countBefore(standing, writer) + (writer === standing.writer ? 1 : 0)
}

function seenAfter(standing: Standing): number[] {
  const seen = [...standing.follows]
  while (seen.length <= standing.writer) seen.push(0)
  seen[standing.writer] = standing.ordinal + 1
  return seen
}

function mergeSeen(parents: readonly Standing[]): number[] {
  const merged: number[] = []
  for (const parent of parents) {
    seenAfter(parent).forEach((count, writer) => {
      merged[writer] = Math.max(merged[writer] ?? 0, count)
    })
  }
  return Array.from(merged, (count) => count ?? 0)
}

function standingOf(standings: readonly Standing[], index: number): Standing {
  const standing = standings[index]
  if (standing === undefined) throw new RecordingError(`there is no txns[${index}] to follow`)
  return standing
}
