import {
  compareOrder,
  isOrderKey,
  propOf,
  textOf,
  type RecordsSnapshot,
  type RecordValue,
} from '../ot/records'
import { idSchema, PAGE_LIST_ID } from '../protocol/values'

/**
 * The page list: the page with the reserved id `pages`, a map of records. A page is a record of kind `page` whose
 * id is the page's, with the property `kind`, the property `order` (a fractional key) and the text `title`.
 * Whatever else stands in the map, put there by a newer or a hostile client, is passed over.
 */
export { PAGE_LIST_ID }

/** Kind of a page's record in the list. */
export const PAGE_RECORD = 'page'

/** Kinds of pages that can be opened, and so created. */
export const PAGE_KINDS = ['text', 'board'] as const
export type ListedKind = (typeof PAGE_KINDS)[number]

/** Longest title, in UTF-16 units: what is made, and what is shown of a title that two people made longer. */
export const MAX_TITLE_LENGTH = 200

export interface PageEntry {
  readonly id: string
  /** `unsupported`: made by a newer version; listed, but not opened. */
  readonly kind: ListedKind | 'unsupported'
  /** One line, possibly empty. */
  readonly title: string
  /** Fractional key of its place; undefined for a page that has none and comes last. */
  readonly order: string | undefined
  readonly deleted: boolean
}

/** All pages, deleted ones too, in their order. */
export function readPages(snapshot: RecordsSnapshot): PageEntry[] {
  const pages: PageEntry[] = []
  for (const [id, record] of snapshot.records.entries()) {
    const page = readPage(id, record)
    if (page !== undefined) pages.push(page)
  }
  return pages.sort((a, b) => compareOrder({ id: a.id, key: a.order }, { id: b.id, key: b.order }))
}

/** The page `id`, deleted or not; undefined if the list has none. */
export function findPage(snapshot: RecordsSnapshot, id: string): PageEntry | undefined {
  const record = snapshot.records.get(id)
  return record === undefined ? undefined : readPage(id, record)
}

function readPage(id: string, record: RecordValue): PageEntry | undefined {
  if (record.kind !== PAGE_RECORD || !idSchema.safeParse(id).success) return undefined
  const kind = propOf(record, 'kind')
  const order = propOf(record, 'order')
  return {
    id,
    kind: PAGE_KINDS.find((known) => known === kind) ?? 'unsupported',
    title: cutTitle(oneLine(textOf(record, 'title'))),
    order: isOrderKey(order) ? order : undefined,
    deleted: record.deleted ?? false,
  }
}

/** Text as a title: well-formed, no control characters, no space around. */
export function oneLine(text: string): string {
  return text
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()
}

/** The first {@link MAX_TITLE_LENGTH} units of a title, no character cut in two. */
export function cutTitle(title: string): string {
  if (title.length <= MAX_TITLE_LENGTH) return title
  const last = title.charCodeAt(MAX_TITLE_LENGTH - 1)
  const isFirstHalf = (last & 0xfc00) === 0xd800
  return title.slice(0, isFirstHalf ? MAX_TITLE_LENGTH - 1 : MAX_TITLE_LENGTH)
}
