import { boardRule } from '../../shared/board/boardRule'
import type { RecordsOp, RecordsSnapshot } from '../../shared/ot/records'
import { pageListRule, type PageListLimits } from '../../shared/pages'
import { PAGE_LIST_ID, type PageKind } from '../../shared/protocol/values'
import type { PageRule } from '../authority/ladder'

/**
 * What a page of a room refuses beyond what its document type does. Nobody but the room purges: what others do to a
 * record must not vanish in it before its time.
 */
export function pageRuleOf(roomId: string, pageId: string, kind: PageKind, limits: PageListLimits): PageRule {
  if (kind === 'text') return () => undefined
  return (...change) => {
    const [before, after, op, author] = change as [RecordsSnapshot, RecordsSnapshot, RecordsOp, string]
    if (author !== roomId && Object.values(op).some(({ purge }) => purge === true))
      return { code: 'op-unfit', detail: 'nobody but the room forgets records' }
    return pageId === PAGE_LIST_ID ? pageListRule(before, after, op, limits) : boardRule(before, after, op)
  }
}
