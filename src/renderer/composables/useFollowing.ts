import { computed, shallowRef, watch, type ComputedRef } from 'vue'
import type { CurrentPage } from './useCurrentPage'
import type { ShownPerson } from './usePeople'
import type { Whereabouts } from './useWhereabouts'

export interface Following {
  /** Whom this window follows. */
  readonly person: ComputedRef<ShownPerson | undefined>
  /** Shows what somebody sees, from page to page, until this person does something of their own. */
  follow(person: ShownPerson): void
  stop(): void
}

/** Follows one person through the pages of a room. */
export function useFollowing(
  current: CurrentPage,
  people: ComputedRef<readonly ShownPerson[]>,
  whereabouts: Whereabouts,
): Following {
  const personId = shallowRef<string>()
  /** The page that following has led to: any other is a choice of one's own. */
  let ledTo: string | undefined

  // Whoever connects again has another session.
  const person = computed(() => people.value.find((each) => each.personId === personId.value))
  const sessionIds = computed(() => person.value?.sessionIds ?? [])
  const theirPage = computed(() => {
    const pages = sessionIds.value.map((sessionId) => whereabouts.pages.value.get(sessionId))
    const known = pages.filter((pageId) => pageId !== undefined)
    // Of somebody's windows, one that shows what is here counts first.
    return known.find((pageId) => pageId === current.entry.value?.id) ?? known.at(-1)
  })

  function stop(): void {
    personId.value = ledTo = undefined
  }

  watch(
    [personId, theirPage] as const,
    ([followed, pageId]) => {
      if (followed === undefined || pageId === undefined) return
      ledTo = pageId
      if (pageId !== current.entry.value?.id) current.show(pageId)
    },
    { flush: 'sync' },
  )
  watch(
    () => current.entry.value?.id,
    (pageId) => {
      if (ledTo !== undefined && pageId !== ledTo) stop()
    },
  )
  // Whoever has left is not followed when they come back. Without a connection nobody is known to have left.
  watch(person, (found) => {
    if (found === undefined && people.value.length > 0) stop()
  })
  watch(
    [sessionIds, current.board, current.text] as const,
    ([ids, board, text]) => {
      board?.follow(ids, stop)
      text?.follow(ids, stop)
    },
    { flush: 'sync' },
  )

  return {
    person,
    stop,
    follow(next) {
      stop()
      personId.value = next.personId
      ledTo = theirPage.value ?? current.entry.value?.id
    },
  }
}
