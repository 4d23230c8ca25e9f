import { onScopeDispose, ref, type Ref } from 'vue'

/** Up to this width the page list is a drawer over the page. */
const NARROW = '(max-width: 760px)'

export interface Sidebar {
  readonly isNarrow: Ref<boolean>
  readonly isOpen: Ref<boolean>
  toggle(): void
  /** Closes a drawer after something was chosen in it; a sidebar beside the page stays. */
  chosen(): void
}

/** Whether the page list is there. Beside the page it is at first; as a drawer it is not. */
export function useSidebar(): Sidebar {
  const query = window.matchMedia(NARROW)
  const isNarrow = ref(query.matches)
  const isOpen = ref(!query.matches)
  const follow = (event: MediaQueryListEvent): void => {
    isNarrow.value = event.matches
    isOpen.value = !event.matches
  }
  query.addEventListener('change', follow)
  onScopeDispose(() => query.removeEventListener('change', follow))
  return {
    isNarrow,
    isOpen,
    toggle: () => {
      isOpen.value = !isOpen.value
    },
    chosen: () => {
      if (isNarrow.value) isOpen.value = false
    },
  }
}
