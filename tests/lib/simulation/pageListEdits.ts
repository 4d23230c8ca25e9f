import type { RoomClient } from '../../../src/client/api'
import {
  createPage,
  deletePage,
  movePage,
  readPages,
  renamePage,
  restorePage,
} from '../../../src/shared/pages'
import type { SeededRandom } from './seededRandom'

/** Renames, moves, deletes, restores or makes a page, but never deletes the page `kept`. */
export function editPageList({ pageList }: RoomClient, kept: string, random: SeededRandom): void {
  const pages = readPages(pageList.content)
  const page = random.pick(pages)
  if (page === undefined || !pageList.saveState.value.loaded) return
  const other = random.pick(pages.filter(({ id }) => id !== page.id))
  switch (random.below(4)) {
    case 0:
      return pageList.edit(
        renamePage(pageList.content, page.id, `${page.title.slice(0, 20)}${random.below(100)}`),
      )
    case 1:
      if (other !== undefined) pageList.edit(movePage(pageList.content, page.id, { before: other.id }))
      return
    case 2: {
      if (page.id === kept) return
      const op = page.deleted ? restorePage(pageList.content, page.id) : deletePage(pageList.content, page.id)
      return pageList.edit(op)
    }
    default: {
      if (pages.length >= 6) return
      const id = Array.from({ length: 26 }, () => 'abcdefghijklmnop'[random.below(16)]).join('')
      pageList.edit(createPage(pageList.content, { id, kind: 'text', title: 'New' }))
    }
  }
}
