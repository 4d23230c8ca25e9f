import Sortable from 'sortablejs'
import { nextTick, onBeforeUnmount, onMounted, ref, type Ref, type ShallowRef } from 'vue'
import { cutTitle } from '../../shared/pages'
import { wantsLessMotion } from '../platform/lessMotion'
import type { CurrentPage } from './useCurrentPage'
import type { Pages } from './usePages'

export interface PageListView {
  /** The page whose title is being edited. */
  readonly renaming: Ref<string | undefined>
  readonly draftTitle: Ref<string>
  startRenaming(pageId: string): void
  /** Keeps the new title, or goes back to the old one. Focus returns to the page. */
  finishRenaming(keep: boolean): void
  /** Keys on a page: arrows go, Alt and arrows move it, F2 renames, Delete deletes. */
  onKey(event: KeyboardEvent, pageId: string): void
  focusPage(pageId: string | undefined): void
}

/** How long a finger rests on a page before it is picked up; until then it scrolls. */
const TOUCH_DELAY_MS = 200

/** The page list as something to click, drag and type in. */
export function usePageList(
  list: Readonly<ShallowRef<HTMLElement | null>>,
  pages: Pages,
  current: CurrentPage,
  canWrite: () => boolean,
): PageListView {
  const renaming = ref<string>()
  const draftTitle = ref('')
  /** The title when the person began to change it. */
  let shownTitle = ''
  let sortable: Sortable | undefined

  function buttonOf(pageId: string): HTMLElement | null {
    return list.value?.querySelector<HTMLElement>(`[data-page="${pageId}"]`) ?? null
  }

  function focusPage(pageId: string | undefined): void {
    const target = pageId ?? pages.list.value[0]?.id
    if (target !== undefined) buttonOf(target)?.focus()
  }

  function startRenaming(pageId: string): void {
    if (!canWrite()) return
    shownTitle = pages.find(pageId)?.title ?? ''
    draftTitle.value = shownTitle
    renaming.value = pageId
  }

  function finishRenaming(keep: boolean): void {
    const pageId = renaming.value
    if (pageId === undefined) return
    renaming.value = undefined
    if (keep) pages.rename(pageId, cutTitle(draftTitle.value), shownTitle)
    void nextTick(() => focusPage(pageId))
  }

  function step(pageId: string, by: number): void {
    const index = pages.list.value.findIndex(({ id }) => id === pageId)
    const next = pages.list.value[index + by]
    if (next !== undefined) focusPage(next.id)
  }

  function onKey(event: KeyboardEvent, pageId: string): void {
    const action = actionOf(event)
    if (action === undefined) return
    event.preventDefault()
    switch (action) {
      case 'move-up':
      case 'move-down':
        if (!canWrite()) return
        pages.moveBy(pageId, action === 'move-up' ? -1 : 1)
        void nextTick(() => focusPage(pageId))
        return
      case 'previous':
      case 'next':
        step(pageId, action === 'previous' ? -1 : 1)
        return
      case 'rename':
        startRenaming(pageId)
        return
      case 'delete': {
        if (!canWrite()) return
        const index = pages.list.value.findIndex(({ id }) => id === pageId)
        current.remove(pageId)
        void nextTick(() => focusPage((pages.list.value[index] ?? pages.list.value[index - 1])?.id))
      }
    }
  }

  onMounted(() => {
    if (list.value === null) return
    sortable = Sortable.create(list.value, {
      animation: wantsLessMotion() ? 0 : 120,
      delay: TOUCH_DELAY_MS,
      delayOnTouchOnly: true,
      draggable: 'li',
      filter: 'input',
      preventOnFilter: false,
      ghostClass: 'is-ghost',
      onMove: () => canWrite(),
      onEnd({ item, oldIndex, newIndex }) {
        const pageId = item.querySelector<HTMLElement>('[data-page]')?.dataset['page']
        if (pageId === undefined || oldIndex === undefined || newIndex === undefined) return
        // Vue draws the list: the element goes back to where Vue put it, and the new order comes from the page list.
        item.remove()
        list.value?.insertBefore(item, list.value.children[oldIndex] ?? null)
        if (oldIndex !== newIndex) pages.moveTo(pageId, newIndex)
      },
    })
  })
  onBeforeUnmount(() => sortable?.destroy())

  return { renaming, draftTitle, startRenaming, finishRenaming, onKey, focusPage }
}

type ListAction = 'previous' | 'next' | 'move-up' | 'move-down' | 'rename' | 'delete'

/** What a key means on a page of the list. */
export function actionOf(
  event: Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>,
): ListAction | undefined {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return undefined
  switch (event.key) {
    case 'ArrowUp':
      return event.altKey ? 'move-up' : 'previous'
    case 'ArrowDown':
      return event.altKey ? 'move-down' : 'next'
    case 'F2':
      return event.altKey ? undefined : 'rename'
    case 'Delete':
    case 'Backspace':
      return event.altKey ? undefined : 'delete'
    default:
      return undefined
  }
}
