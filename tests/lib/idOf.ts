import { createHash } from 'node:crypto'
import { toBase32 } from '../../src/shared/identity/encoding'

/** An id of the right form, the same for the same name. */
export function idOf(name: string): string {
  return toBase32(createHash('sha256').update(name).digest().subarray(0, 20))
}
