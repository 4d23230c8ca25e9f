import { recordsType, type RecordsOp, type RecordsSnapshot } from '../../../src/shared/ot/records'

/** What the room does to deleted records after a time: forgets them for good. Others are passed over. */
export function purgeShapes(snapshot: RecordsSnapshot, ids: Iterable<string>): RecordsOp {
  const op: Record<string, unknown> = {}
  for (const id of ids) if (snapshot.records.get(id)?.deleted === true) op[id] = { purge: true }
  return recordsType.parseOp(op)
}
