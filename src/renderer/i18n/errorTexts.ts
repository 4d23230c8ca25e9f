import type { CacheErrorCode } from '../../client/cache/replicaCache'
import type { UnreachableError } from '../../client/connection/createRoom'
import type { WRITTEN_INTO_PURGED } from '../../client/replica/lostWords'
import type { ErrorCode } from '../../shared/protocol/errors'
import type { BundleErrorCode, FileErrorCode, HostingErrorCode } from '../platform/platform'

/** Every code a person may meet. `unknown` stands for codes of newer servers and for bugs. */
export type ShownErrorCode =
  | ErrorCode
  | BundleErrorCode
  | FileErrorCode
  | HostingErrorCode
  | CacheErrorCode
  | UnreachableError['code']
  | 'server-storage-failed'
  | typeof WRITTEN_INTO_PURGED
  | 'unknown'

/** One sentence or two for each code: what happened, and what to do next. */
export type ErrorTexts = Readonly<Record<ShownErrorCode, string>>

/** True for a code that has a text of its own. */
export function isShownError(code: string, texts: ErrorTexts): code is ShownErrorCode {
  return Object.hasOwn(texts, code)
}
