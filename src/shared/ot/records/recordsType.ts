import type { OtType } from '../otType'
import { parseRecordsPosition, transformRecordsPosition, type RecordsPosition } from './position'
import {
  composeRecords,
  parseRecordsOp,
  recordsOpLength,
  recordsOpWeight,
  transformRecords,
  type RecordsOp,
} from './recordsOp'
import {
  applyRecords,
  checkRecords,
  diffSnapshots,
  EMPTY_SNAPSHOT,
  invertRecords,
  parseRecordsSnapshot,
  serialiseRecords,
  type RecordsSnapshot,
} from './snapshot'
import { salvageRecords } from './salvage'
import { spareRecords } from './spareRecords'
import { splitRecords } from './splitRecords'

/**
 * The map of records: page lists and boards. One property written twice: the later in the authority's order
 * counts. A removed record goes on receiving edits; a purged one is gone, and edits concurrent with the purge do
 * nothing. docs/decisions/records-type.md has the table of all cases.
 */
export const recordsType: OtType<RecordsSnapshot, RecordsOp, RecordsPosition> = {
  name: 'records',
  create: () => EMPTY_SNAPSHOT,
  parseOp: parseRecordsOp,
  check: checkRecords,
  apply: applyRecords,
  transform: transformRecords,
  transformBoth: (earlier, later) => [
    transformRecords(earlier, later, 'earlier'),
    transformRecords(later, earlier, 'later'),
  ],
  compose: composeRecords,
  invert: invertRecords,
  diff: diffSnapshots,
  split: splitRecords,
  salvage: salvageRecords,
  spare: spareRecords,
  isEmpty: (op) => Object.keys(op).length === 0,
  opLength: recordsOpLength,
  opWeight: recordsOpWeight,
  parsePosition: parseRecordsPosition,
  transformPosition: transformRecordsPosition,
  serialise: serialiseRecords,
  parseSnapshot: parseRecordsSnapshot,
  snapshotLength: (snapshot) => snapshot.length,
}
