import type { PageKind } from '../protocol/values'
import type { OtType } from './otType'
import { recordsType } from './records'
import { textType } from './text'

/**
 * A document type whose snapshots and ops are opaque to the caller: the engine moves them about and lets the
 * type look inside. Ops from outside go through `parseOp` before anything else is called with them.
 */
export type AnyOtType = OtType<unknown, unknown, unknown>

/** The document type of a kind of page. */
export function otTypeOf(kind: PageKind): AnyOtType {
  switch (kind) {
    case 'text':
      return textType as AnyOtType
    case 'records':
    case 'board':
      return recordsType as AnyOtType
  }
}
