import { deletedLength, type Tombstones } from '../../../shared/board/tombstones'
import type { RecordsSnapshot } from '../../../shared/ot/records'
import type { StoredDeletions } from '../../storage/roomStore'
import type { ServerLimits } from '../serverLimits'

/** What is stored of a board's deleted records beside its content; undefined for none. */
export function deletionsOf(
  tombstones: Tombstones,
  content: RecordsSnapshot,
  limits: ServerLimits,
): StoredDeletions | undefined {
  if (tombstones.size === 0) return undefined
  return { times: tombstones.times, isMost: isMostlyDeleted(tombstones, content, limits) }
}

/** True where so much of a board is deleted that it is kept for a shorter time. */
export function isMostlyDeleted(
  tombstones: Tombstones,
  content: RecordsSnapshot,
  { maxDeletedRecords, minMostlyDeleted }: ServerLimits,
): boolean {
  if (tombstones.size >= maxDeletedRecords) return true
  const deleted = deletedLength(content)
  return deleted >= minMostlyDeleted && deleted * 2 > content.length
}
