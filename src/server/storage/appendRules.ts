import type { PageKind } from '../../shared/protocol/values'
import type { Head } from '../../shared/update'
import { StoreError, type PageAppend } from './roomStore'

/**
 * Throws a RangeError where an append contradicts itself: its updates must be numbered on from `after` and end at
 * `head`. Such a thing is a fault of the caller; storing it would break the page for good.
 */
export function checkAppend(append: PageAppend): void {
  const { after, head, updates } = append
  const numbered = updates.every((update, index) => update.version === after.version + index + 1)
  const last = updates.at(-1)
  if (last === undefined || !numbered || last.version !== head.version || last.hash !== head.hash) {
    throw new RangeError(
      `append to ${append.pageId}: the updates do not lead from version ${after.version} to the head`,
    )
  }
}

/** Throws `head-moved` unless `append` follows the stored head (undefined: nothing is stored yet). */
export function checkHead(
  append: PageAppend,
  stored: (Head & { readonly kind: PageKind }) | undefined,
): void {
  const { after, pageId } = append
  const follows =
    stored === undefined
      ? after.version === 0
      : stored.version === after.version && stored.hash === after.hash
  if (!follows)
    throw new StoreError('head-moved', `page ${pageId} is not at version ${after.version}, ${after.hash}`)
  if (stored !== undefined && stored.kind !== append.kind) {
    throw new RangeError(`append to ${pageId}: the page is of kind ${stored.kind}, not ${append.kind}`)
  }
}
