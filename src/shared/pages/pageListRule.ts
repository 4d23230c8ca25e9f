/** What the authority of a page list refuses beyond what the document type does. */
import { propOf, type RecordsOp, type RecordsSnapshot, type RecordValue } from '../ot/records'
import { PAGE_RECORD, readPages } from './pageEntry'

export interface PageListRefusal {
  readonly code: 'op-unfit' | 'too-many-pages'
  /** English, for logs and developers. */
  readonly detail: string
}

export interface PageListLimits {
  /** Pages that are not deleted. */
  readonly maxPages: number
  /** Pages, deleted ones included. */
  readonly maxKeptPages: number
}

/**
 * Why `op`, which leads from `before` to `after`, is refused; undefined where it is not. A page keeps its kind, since
 * its content is of that kind, and stays in the list. A list with too many pages may become shorter.
 */
export function pageListRule(
  before: RecordsSnapshot,
  after: RecordsSnapshot,
  op: RecordsOp,
  { maxPages, maxKeptPages }: PageListLimits,
): PageListRefusal | undefined {
  for (const id of Object.keys(op)) {
    const page = before.records.get(id)
    if (page?.kind === PAGE_RECORD && !isSameKind(page, after.records.get(id)))
      return { code: 'op-unfit', detail: `page ${id} stays in the list, with its kind` }
  }
  const [was, is] = [countPages(before), countPages(after)]
  if (is.living > Math.max(maxPages, was.living))
    return { code: 'too-many-pages', detail: `a room has at most ${maxPages} pages` }
  if (is.kept > Math.max(maxKeptPages, was.kept))
    return {
      code: 'too-many-pages',
      detail: `a room has at most ${maxKeptPages} pages, deleted ones included`,
    }
  return undefined
}

/** A page whose record came in pieces has no kind at first: it cannot be opened before it has one. */
function isSameKind(page: RecordValue, after: RecordValue | undefined): boolean {
  const kind = propOf(page, 'kind')
  return after?.kind === PAGE_RECORD && (kind === null || propOf(after, 'kind') === kind)
}

function countPages(list: RecordsSnapshot): { readonly living: number; readonly kept: number } {
  const pages = readPages(list)
  return { living: pages.filter(({ deleted }) => !deleted).length, kept: pages.length }
}
