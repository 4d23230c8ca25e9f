import { own, tableOf } from './json'
import type { RecordsOp } from './recordsOp'

/**
 * `ops`, one following the other, without the purges of records that one of `others` changes, which start where `ops`
 * start: such a record is not forgotten, and what `ops` did to another in its place is left out. The same ops where there
 * is nothing to spare.
 */
export function spareRecords(ops: readonly RecordsOp[], others: readonly RecordsOp[]): RecordsOp[] {
  const changed = new Set(
    others.flatMap((op) =>
      Object.keys(op).filter((id) => !isPurge(op, id) || own(op, id)?.put !== undefined),
    ),
  )
  const spared = new Set<string>()
  return ops.map((op) => {
    for (const id of Object.keys(op)) if (isPurge(op, id) && changed.has(id)) spared.add(id)
    if (!Object.keys(op).some((id) => spared.has(id))) return op
    return tableOf(Object.keys(op), (id) => (spared.has(id) ? undefined : own(op, id))) ?? {}
  })
}

function isPurge(op: RecordsOp, id: string): boolean {
  return own(op, id)?.purge === true
}
