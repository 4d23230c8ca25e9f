import { computed, onScopeDispose, ref, watch, watchEffect, type ComputedRef, type Ref } from 'vue'
import { formatRoomLink } from '../../shared/roomLink'
import type { OpenRoom } from '../app/navigation'
import { usePreferences } from '../app/preferences'
import { useServices } from '../app/services'
import { useConnection, type Connection } from './useConnection'
import { useCurrentPage, type CurrentPage } from './useCurrentPage'
import { useFiles, type PageFiles } from './useFiles'
import { useLeaving, type Leaving } from './useLeaving'
import { useObservable } from './useObservable'
import { usePageProblems } from './usePageProblems'
import { usePages, type Pages } from './usePages'
import { useFollowing, type Following } from './useFollowing'
import { usePeople, type ShownPerson } from './usePeople'
import { useWhereabouts, type Whereabouts } from './useWhereabouts'

export interface Room {
  readonly title: Readonly<Ref<string>>
  readonly connection: Connection
  readonly pages: Pages
  readonly current: CurrentPage
  readonly people: ComputedRef<readonly ShownPerson[]>
  readonly whereabouts: Whereabouts
  readonly following: Following
  readonly files: PageFiles
  readonly leaving: Leaving
  /** Error codes of what keeps edits from being saved. */
  readonly problems: ComputedRef<readonly string[]>
  /** False where the role or the end of the connection forbids edits. */
  readonly canWrite: ComputedRef<boolean>
  /** True where this person may close the room for everybody. */
  readonly canClose: ComputedRef<boolean>
  /** Links to give to others, the best first. */
  readonly links: ComputedRef<readonly string[]>
}

/** Everything one room's screen shows and does. */
export function useRoom(room: OpenRoom): Room {
  const { platform } = useServices()
  const preferences = usePreferences()
  const { client, hosted, link } = room

  const connection = useConnection(client, hosted !== undefined)
  const pages = usePages(client)
  const current = useCurrentPage(client, pages)
  const people = usePeople(client)
  const whereabouts = useWhereabouts(client, () => current.entry.value?.id)
  const title = useObservable(client.title)
  const unsent = useObservable(client.unsent)

  // The role of the last connection counts while there is none.
  const role = ref<string>()
  watchEffect(() => {
    if (connection.status.value.state === 'connected') role.value = connection.status.value.role
  })
  const canWrite = computed(
    () => connection.tone.value !== 'stopped' && role.value !== 'viewer' && role.value !== 'commenter',
  )

  watch(preferences.profile, (profile) => client.setProfile(profile))
  watch(unsent, (count) => platform.setUnsent(count), { immediate: true })
  watchEffect(() => {
    document.title = `${title.value} – Inkroom`
  })
  onScopeDispose(() => {
    document.title = 'Inkroom'
    platform.setUnsent(0)
  })

  return {
    title,
    connection,
    pages,
    current,
    people,
    whereabouts,
    following: useFollowing(current, people, whereabouts),
    files: useFiles(pages, current, () => canWrite.value),
    leaving: useLeaving(room),
    problems: usePageProblems(client, current),
    canWrite,
    canClose: computed(() => hosted !== undefined || role.value === 'owner'),
    links: computed(() => (hosted === undefined ? [formatRoomLink(link)] : hosted.links)),
  }
}
