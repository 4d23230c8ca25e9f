import { boardRule } from '../../shared/board/boardRule'
import type { RecordsOp, RecordsSnapshot } from '../../shared/ot/records'
import { readPages } from '../../shared/pages'
import { PAGE_LIST_ID, type PageKind } from '../../shared/protocol/values'
import type { PageRule } from '../authority/ladder'

/** What a page of a room refuses beyond what its document type does. */
export function pageRuleOf(pageId: string, kind: PageKind, maxPages: number): PageRule {
  if (pageId === PAGE_LIST_ID) return pageListRule(maxPages)
  if (kind !== 'board') return () => undefined
  return (before, after, op) =>
    boardRule(before as RecordsSnapshot, after as RecordsSnapshot, op as RecordsOp)
}

function pageListRule(maxPages: number): PageRule {
  return (before, after) => {
    const count = livingPages(after)
    if (count <= maxPages || count <= livingPages(before)) return undefined
    return { code: 'too-many-pages', detail: `a room has at most ${maxPages} pages` }
  }
}

function livingPages(list: unknown): number {
  return readPages(list as RecordsSnapshot).filter(({ deleted }) => !deleted).length
}
