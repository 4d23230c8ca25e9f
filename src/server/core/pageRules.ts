import { boardRule } from '../../shared/board/boardRule'
import type { RecordsOp, RecordsSnapshot } from '../../shared/ot/records'
import { pageListRule } from '../../shared/pages'
import { PAGE_LIST_ID, type PageKind } from '../../shared/protocol/values'
import type { PageRule } from '../authority/ladder'

/** What a page of a room refuses beyond what its document type does. */
export function pageRuleOf(pageId: string, kind: PageKind, maxPages: number): PageRule {
  const isList = pageId === PAGE_LIST_ID
  if (!isList && kind !== 'board') return () => undefined
  return (...change) => {
    const [before, after, op] = change as [RecordsSnapshot, RecordsSnapshot, RecordsOp]
    return isList ? pageListRule(before, after, op, maxPages) : boardRule(before, after, op)
  }
}
