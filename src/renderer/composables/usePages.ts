import { computed, onScopeDispose, shallowRef, type ComputedRef } from 'vue'
import type { RoomClient } from '../../client/api'
import { createId } from '../../shared/identity/keys'
import {
  createPage,
  deletePage,
  movePage,
  readPages,
  renamePage,
  restorePage,
  type ListedKind,
  type PageEntry,
} from '../../shared/pages'
import type { RecordsOp } from '../../shared/ot/records'
import { useNotices } from '../app/notices'
import { useServices } from '../app/services'
import { useSay } from '../i18n'
import { useObservable } from './useObservable'

export interface Pages {
  /** Pages to show, in order. */
  readonly list: ComputedRef<readonly PageEntry[]>
  /** False while the list is still on its way. */
  readonly isLoaded: ComputedRef<boolean>
  /** What a page is called on the screen. */
  titleOf(page: PageEntry): string
  /** A page by its id, deleted or not. */
  find(pageId: string): PageEntry | undefined
  /** Makes a page after the last; with a title, or with the next "Page N". Returns its id. */
  create(title?: string, kind?: ListedKind): string
  /** `seen`: the title that was shown when the person began to type, where it may have changed since. */
  rename(pageId: string, title: string, seen?: string): void
  /** Moves a page by `steps` places, and says so. */
  moveBy(pageId: string, steps: number): void
  /** Puts a page at an index of `list`. */
  moveTo(pageId: string, index: number): void
  /** Deletes a page and offers to take that back. */
  remove(pageId: string): void
  restore(pageId: string): void
}

/** The room's page list and what can be done to it. */
export function usePages(client: RoomClient): Pages {
  const { randomBytes } = useServices()
  const notices = useNotices()
  const say = useSay()
  const { pageList } = client

  const content = shallowRef(pageList.content)
  const saveState = useObservable(pageList.saveState)
  const all = computed(() => readPages(content.value))
  const list = computed(() => all.value.filter((page) => !page.deleted))
  onScopeDispose(
    pageList.onRemote((_op, next) => {
      content.value = next
    }),
  )
  onScopeDispose(
    pageList.saveState.subscribe(() => {
      content.value = pageList.content
    }),
  )

  function edit(op: RecordsOp): void {
    if (pageList.type.isEmpty(op)) return
    pageList.edit(op)
    content.value = pageList.content
  }

  const find = (pageId: string): PageEntry | undefined => all.value.find(({ id }) => id === pageId)
  const titleOf = (page: PageEntry): string => (page.title === '' ? say.t('pages.untitled') : page.title)

  function moveTo(pageId: string, index: number): void {
    const others = list.value.filter(({ id }) => id !== pageId)
    const before = others[index]
    const last = others.at(-1)
    if (before !== undefined) edit(movePage(content.value, pageId, { before: before.id }))
    else if (last !== undefined) edit(movePage(content.value, pageId, { after: last.id }))
  }

  function restore(pageId: string): void {
    const page = find(pageId)
    if (page === undefined) return
    edit(restorePage(content.value, pageId))
    notices.announce(say.t('pages.restored', { title: titleOf(page) }))
  }

  return {
    list,
    isLoaded: computed(() => saveState.value.loaded),
    titleOf,
    find,
    moveTo,
    restore,

    create(title, kind = 'text') {
      const id = createId(randomBytes)
      const n = list.value.filter((page) => page.kind === kind).length + 1
      const page = {
        id,
        kind,
        title: title ?? say.t(kind === 'board' ? 'board.defaultTitle' : 'pages.defaultTitle', { n }),
      }
      edit(createPage(content.value, page))
      return id
    },

    rename(pageId, title, seen = find(pageId)?.title) {
      if (seen !== title) edit(renamePage(content.value, pageId, title, seen))
    },

    moveBy(pageId, steps) {
      const from = list.value.findIndex(({ id }) => id === pageId)
      const page = list.value[from]
      const to = from + steps
      if (page === undefined || to < 0 || to >= list.value.length) return
      moveTo(pageId, to)
      notices.announce(
        say.t('pages.moved', { title: titleOf(page), position: to + 1, count: list.value.length }),
      )
    },

    remove(pageId) {
      const page = find(pageId)
      if (page === undefined) return
      edit(deletePage(content.value, pageId))
      notices.show(say.t('pages.deleted', { title: titleOf(page) }), {
        action: { label: say.t('app.undo'), run: () => restore(pageId) },
      })
    },
  }
}
