import { computed, onScopeDispose, watch, watchEffect, type ComputedRef, type Ref } from 'vue'
import type { OpenRoom } from '../app/navigation'
import { usePreferences } from '../app/preferences'
import { useServices } from '../app/services'
import { useDoor, type Door } from './access/useDoor'
import { usePersons, type Persons } from './access/usePersons'
import { useRoles, type Roles } from './access/useRoles'
import { useSaveRoomFile } from './roomFiles/useSaveRoomFile'
import { useEntry, type Entry } from './joining/useEntry'
import { useConnection, type Connection } from './useConnection'
import { useCurrentPage, type CurrentPage } from './useCurrentPage'
import { useFiles, type PageFiles } from './useFiles'
import { useLeaving, type Leaving } from './useLeaving'
import { useObservable } from './useObservable'
import { usePageProblems } from './usePageProblems'
import { usePages, type Pages } from './usePages'
import { usePageSize, type PageSize } from './usePageSize'
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
  /** Writes the whole room to a file; undefined where it is not this device's, or in a browser. */
  readonly saveRoomFile: (() => Promise<void>) | undefined
  /** Error codes of what keeps edits from being saved. */
  readonly problems: ComputedRef<readonly string[]>
  /** How much of its largest size the page on the screen has. */
  readonly pageSize: PageSize
  /** What stands between this person and a room that they see nothing of yet. */
  readonly entry: ComputedRef<Entry | undefined>
  readonly roles: Roles
  readonly door: Door
  readonly persons: Persons
  /** False where the role or the end of the connection forbids to change the room. */
  readonly canWrite: ComputedRef<boolean>
  /** The same for the page on the screen, for which the owner may have set another role. */
  readonly canWriteHere: ComputedRef<boolean>
  /** True where this person may close the room for everybody. */
  readonly canClose: ComputedRef<boolean>
}

/** Everything one room's screen shows and does. */
export function useRoom(room: OpenRoom): Room {
  const { platform } = useServices()
  const preferences = usePreferences()
  const { client, hosted } = room

  const connection = useConnection(client, hosted !== undefined)
  const pages = usePages(client)
  const current = useCurrentPage(client, pages)
  const people = usePeople(client)
  const whereabouts = useWhereabouts(client, () => current.entry.value?.id)
  const title = useObservable(client.title)
  const unsent = useObservable(client.unsent)

  const pageId = (): string | undefined => current.entry.value?.id
  const roles = useRoles(client.access, pageId)
  const isOpen = computed(() => connection.tone.value !== 'stopped')
  const canWrite = computed(() => isOpen.value && roles.mayWrite.value)

  watch(preferences.profile, (profile) => client.setProfile(profile))
  watch(unsent, (count) => platform.setUnsent(count), { immediate: true })
  watchEffect(() => {
    document.title = `${title.value} – Inkroom`
  })
  onScopeDispose(() => {
    document.title = 'Inkroom'
    platform.setUnsent(0)
  })

  const files = useFiles(pages, current, () => canWrite.value)
  const saveRoomFile = useSaveRoomFile((code) => {
    files.problem.value = code
  })

  return {
    title,
    connection,
    pages,
    current,
    people,
    whereabouts,
    following: useFollowing(current, people, whereabouts),
    files,
    saveRoomFile:
      saveRoomFile && hosted && (() => saveRoomFile({ roomId: hosted.roomId, title: title.value })),
    leaving: useLeaving(room),
    problems: usePageProblems(client, current),
    pageSize: usePageSize(client, current),
    entry: useEntry(title, connection, pages),
    roles,
    door: useDoor(client.access),
    persons: usePersons(client, people, pageId),
    canWrite,
    canWriteHere: computed(() => isOpen.value && roles.mayWriteHere.value),
    canClose: computed(() => hosted !== undefined || roles.isOwner.value),
  }
}
