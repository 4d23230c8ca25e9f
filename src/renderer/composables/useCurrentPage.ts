import { computed, onScopeDispose, shallowRef, watch, type ComputedRef } from 'vue'
import type { RoomClient } from '../../client/api'
import type { PageEntry } from '../../shared/pages'
import { OpenBoardPage } from './openBoardPage'
import { OpenTextPage } from './openTextPage'
import { useServices } from '../app/services'
import type { Pages } from './usePages'

/** Pages kept open with their undo history; older ones are closed and opened again when they are needed. */
const MAX_OPEN_PAGES = 12

type OpenPage = OpenTextPage | OpenBoardPage

export interface CurrentPage {
  /** The page on the screen, which others may have deleted meanwhile; undefined in a room without pages. */
  readonly entry: ComputedRef<PageEntry | undefined>
  /** The same page, if it is one of text. */
  readonly text: ComputedRef<OpenTextPage | undefined>
  /** The same page, if it is a board. */
  readonly board: ComputedRef<OpenBoardPage | undefined>
  show(pageId: string): void
  /** Deletes a page; if it is on the screen, the one beside it is shown. */
  remove(pageId: string): void
  /** Makes a page and opens it, without showing it yet. */
  create(title?: string): OpenTextPage
  /** Makes a board and shows it. */
  createBoard(): void
}

/** Which page is on the screen, and the pages that stay open behind it. */
export function useCurrentPage(client: RoomClient, pages: Pages): CurrentPage {
  const services = useServices()
  const pageId = shallowRef<string>()
  const current = shallowRef<OpenPage>()
  /** In the order of their last use. */
  const opened = new Map<string, OpenPage>()

  const entry = computed(() => (pageId.value === undefined ? undefined : pages.find(pageId.value)))

  function openText(id: string): OpenTextPage {
    const known = opened.get(id)
    return keep(id, known instanceof OpenTextPage ? known : new OpenTextPage(client, id))
  }

  function openBoard(id: string): OpenBoardPage {
    const known = opened.get(id)
    return keep(id, known instanceof OpenBoardPage ? known : new OpenBoardPage(client, id, services))
  }

  function keep<Page extends OpenPage>(id: string, page: Page): Page {
    opened.delete(id)
    opened.set(id, page)
    for (const [oldId, old] of opened) {
      if (opened.size <= MAX_OPEN_PAGES) break
      if (old === current.value || old.saveState.value.unsent > 0) continue
      opened.delete(oldId)
      void old.close()
    }
    return page
  }

  function show(id: string): void {
    pageId.value = id
    const kind = pages.find(id)?.kind
    current.value = kind === 'text' ? openText(id) : kind === 'board' ? openBoard(id) : undefined
  }

  // The first page comes up by itself, and so does the first one of a room that had none.
  watch(
    () => pages.list.value[0]?.id,
    (first) => {
      if (first !== undefined && entry.value === undefined) show(first)
    },
    { immediate: true },
  )

  onScopeDispose(() => {
    for (const page of opened.values()) void page.close()
  })

  return {
    entry,
    text: computed(() =>
      entry.value?.deleted === false && current.value instanceof OpenTextPage ? current.value : undefined,
    ),
    board: computed(() =>
      entry.value?.deleted === false && current.value instanceof OpenBoardPage ? current.value : undefined,
    ),
    show,
    create: (title) => openText(pages.create(title)),
    createBoard: () => show(pages.create(undefined, 'board')),
    remove(id) {
      const index = pages.list.value.findIndex((page) => page.id === id)
      const neighbour = pages.list.value[index + 1] ?? pages.list.value[index - 1]
      pages.remove(id)
      if (pageId.value !== id) return
      if (neighbour === undefined) pageId.value = current.value = undefined
      else show(neighbour.id)
    },
  }
}
