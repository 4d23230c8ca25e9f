/** Makes the ops on the page list. All are pure: they read a snapshot and give an op that fits it. */
import {
  editRecord,
  orderBetween,
  putRecord,
  recordsType,
  removeRecord,
  restoreRecord,
  rewriteText,
  type Placement,
  type RecordsOp,
  type RecordsSnapshot,
  type RecordValue,
} from '../ot/records'
import { findPage, MAX_TITLE_LENGTH, oneLine, PAGE_RECORD, readPages, type ListedKind } from './pageEntry'
import { PageListError } from './pageListError'

/** A place in the list, deleted pages counted. */
export type PagePlace = 'first' | 'last' | { readonly before: string } | { readonly after: string }

export interface NewPage {
  /** A new random id. */
  readonly id: string
  readonly kind: ListedKind
  readonly title: string
}

/** Adds a page. Throws {@link PageListError} `title-too-long`, `page-exists`, or `page-unknown` for the place. */
export function createPage(snapshot: RecordsSnapshot, page: NewPage, place: PagePlace = 'last'): RecordsOp {
  const { id, kind } = page
  if (snapshot.records.get(id) !== undefined)
    throw new PageListError('page-exists', `the list has a page ${id} already`)
  const title = checkTitle(page.title)
  const { key, others } = placeAt(snapshot, id, place)
  const put = putRecord(id, { kind: PAGE_RECORD, props: { kind, order: key }, texts: { title } })
  return recordsType.compose(others, put)
}

/**
 * Gives a page a new title, by a text op: when two people rename at once, both changes are in the title. `seen` is the
 * title that was on the screen when the person began to type, where others may have changed it since. Throws
 * {@link PageListError} `title-too-long` or `page-unknown`.
 */
export function renamePage(snapshot: RecordsSnapshot, id: string, title: string, seen?: string): RecordsOp {
  return rewriteText(id, recordOf(snapshot, id), 'title', checkTitle(title), seen)
}

/** Moves a page. Throws {@link PageListError} `page-unknown`. */
export function movePage(snapshot: RecordsSnapshot, id: string, place: PagePlace): RecordsOp {
  recordOf(snapshot, id)
  if (anchorOf(place) === id) return recordsType.diff(snapshot, snapshot)
  const { key, others } = placeAt(snapshot, id, place)
  return recordsType.compose(others, editRecord(id, { set: { order: key } }))
}

/** Takes a page off the list. Its content stays, and what others do to it meanwhile, until it is purged. */
export function deletePage(snapshot: RecordsSnapshot, id: string): RecordsOp {
  recordOf(snapshot, id)
  return removeRecord(id)
}

/** Takes back {@link deletePage}. */
export function restorePage(snapshot: RecordsSnapshot, id: string): RecordsOp {
  recordOf(snapshot, id)
  return restoreRecord(id)
}

function recordOf(snapshot: RecordsSnapshot, id: string): RecordValue {
  const record = findPage(snapshot, id) && snapshot.records.get(id)
  if (record === undefined) throw new PageListError('page-unknown', `the list has no page ${id}`)
  return record
}

/** The title as it is stored. */
function checkTitle(text: string): string {
  const title = oneLine(text)
  if (title.length <= MAX_TITLE_LENGTH) return title
  throw new PageListError(
    'title-too-long',
    `a title may have ${MAX_TITLE_LENGTH} UTF-16 units, this one has ${title.length}`,
  )
}

function anchorOf(place: PagePlace): string | undefined {
  if (typeof place === 'string') return undefined
  return 'before' in place ? place.before : place.after
}

/** The order key for page `id` at `place`, and an op that gives its neighbours new keys where they need them. */
function placeAt(
  snapshot: RecordsSnapshot,
  id: string,
  place: PagePlace,
): { readonly key: string; readonly others: RecordsOp } {
  const items = readPages(snapshot)
    .filter((page) => page.id !== id)
    .map((page) => ({ id: page.id, key: page.order }))
  const placement: Placement = orderBetween(items, indexOf(items, place))
  const rekeyed = placement.rekeyed.map((item) => [item.id, { set: { order: item.key } }] as const)
  return { key: placement.keys[0] as string, others: recordsType.parseOp(Object.fromEntries(rekeyed)) }
}

function indexOf(items: readonly { readonly id: string }[], place: PagePlace): number {
  if (place === 'first') return 0
  if (place === 'last') return items.length
  const anchor = anchorOf(place)
  const index = items.findIndex((item) => item.id === anchor)
  if (index < 0)
    throw new PageListError('page-unknown', `the list has no page ${String(anchor)} to put another beside`)
  return 'before' in place ? index : index + 1
}
