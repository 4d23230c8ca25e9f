/** What the authority of a page list refuses beyond what the document type does. */
import { propOf, type RecordsOp, type RecordsSnapshot, type RecordValue } from '../ot/records'
import { PAGE_RECORD, readPages } from './pageEntry'

export interface PageListRefusal {
  readonly code: 'op-unfit' | 'too-many-pages'
  /** English, for logs and developers. */
  readonly detail: string
}

/**
 * Why `op`, which leads from `before` to `after`, is refused; undefined where it is not. A page keeps its kind, since
 * its content is of that kind, and stays in the list. A list with too many pages may become shorter.
 */
export function pageListRule(
  before: RecordsSnapshot,
  after: RecordsSnapshot,
  op: RecordsOp,
  maxPages: number,
): PageListRefusal | undefined {
  for (const id of Object.keys(op)) {
    const page = before.records.get(id)
    if (page?.kind === PAGE_RECORD && !isSameKind(page, after.records.get(id)))
      return { code: 'op-unfit', detail: `page ${id} stays in the list, with its kind` }
  }
  const count = livingPages(after)
  if (count <= maxPages || count <= livingPages(before)) return undefined
  return { code: 'too-many-pages', detail: `a room has at most ${maxPages} pages` }
}

/** A page whose record came in pieces has no kind at first: it cannot be opened before it has one. */
function isSameKind(page: RecordValue, after: RecordValue | undefined): boolean {
  const kind = propOf(page, 'kind')
  return after?.kind === PAGE_RECORD && (kind === null || propOf(after, 'kind') === kind)
}

function livingPages(list: RecordsSnapshot): number {
  return readPages(list).filter(({ deleted }) => !deleted).length
}
