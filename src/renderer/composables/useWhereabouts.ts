import { computed, onScopeDispose, watch, type ComputedRef } from 'vue'
import type { RoomClient } from '../../client/api'
import { useObservable } from './useObservable'

export interface Whereabouts {
  /** The page each session has on its screen, by session id. */
  readonly pages: ComputedRef<ReadonlyMap<string, string>>
}

/**
 * Which page everybody looks at. It is told as a place in the page list, which everybody in a room has open: the
 * record of the page on the screen.
 */
export function useWhereabouts(client: RoomClient, ownPage: () => string | undefined): Whereabouts {
  const { pageList } = client
  const others = useObservable(pageList.others)
  const saveState = useObservable(pageList.saveState)

  watch(
    [ownPage, () => saveState.value.loaded],
    ([record, isLoaded]) => {
      if (isLoaded) pageList.setPlace(record === undefined ? null : [{ record }])
    },
    { immediate: true },
  )
  onScopeDispose(() => pageList.setPlace(null))

  return {
    pages: computed(() => {
      const pages = new Map<string, string>()
      for (const { person, place } of others.value) {
        const [position] = place
        if (position !== undefined && 'record' in position) pages.set(person.sessionId, position.record)
      }
      return pages
    }),
  }
}
