import { computed, type ComputedRef } from 'vue'
import type { RoomClient } from '../../client/api'
import type { CurrentPage } from './useCurrentPage'
import { useObservable } from './useObservable'

/** Error codes of what keeps the room, the page list or the page on the screen from being saved, each once. */
export function usePageProblems(client: RoomClient, current: CurrentPage): ComputedRef<readonly string[]> {
  const listState = useObservable(client.pageList.saveState)
  const status = useObservable(client.status)
  return computed((before?: readonly string[]) => {
    const reason = status.value.state === 'reconnecting' ? status.value.reason : undefined
    const page = (current.text.value ?? current.board.value)?.saveState.value.problem
    // The server learns of a new page by the list, which may come to it after the page itself: it asks again.
    const isOnItsWay = page === 'page-unknown' && current.entry.value?.deleted === false
    const codes = [reason, listState.value.problem, isOnItsWay ? undefined : page]
    const after = [...new Set(codes.filter((code) => code !== undefined))]
    // The states change with every frame somebody draws; the same list keeps what shows it from being rendered again.
    return before?.join() === after.join() ? before : after
  })
}
