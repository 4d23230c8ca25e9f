import { computed, onScopeDispose, shallowRef, watch, watchEffect, type ComputedRef, type Ref } from 'vue'
import type { AccessClient } from '../../../client/access'
import type { Role } from '../../../shared/protocol/values'
import { useNotices } from '../../app/notices'
import { useSay } from '../../i18n'
import type { MessageKey } from '../../i18n/messages'
import { useObservable } from '../useObservable'

export interface Roles {
  /** One's own role in the room; undefined before the first join. */
  readonly role: Readonly<Ref<Role | undefined>>
  readonly isOwner: ComputedRef<boolean>
  /** Whether the role lets this person change the room: make pages, name them, put them in order. */
  readonly mayWrite: ComputedRef<boolean>
  /** Whether it lets them change the page on the screen. */
  readonly mayWriteHere: ComputedRef<boolean>
  /** Text that says why this person cannot write on the page on the screen; undefined where they can. */
  readonly standing: ComputedRef<MessageKey | undefined>
}

/** What this person may do. Before the first join nothing is known to be forbidden. */
export function useRoles(access: AccessClient, pageId: () => string | undefined): Roles {
  const notices = useNotices()
  const { t } = useSay()
  const role = useObservable(access.role)
  const isCrowded = useObservable(access.crowded)
  const here = shallowRef<Role>()
  let stop: (() => void) | undefined

  watchEffect(() => {
    stop?.()
    const id = pageId()
    if (id === undefined) {
      here.value = undefined
      return
    }
    const observable = access.roleOn(id)
    here.value = observable.value
    stop = observable.subscribe((next) => {
      here.value = next
    })
  })
  onScopeDispose(() => stop?.())

  const mayWrite = computed(() => writes(role.value))
  const mayWriteHere = computed(() => writes(here.value ?? role.value))

  watch([mayWriteHere, pageId, role] as const, ([may, id, known], [mayBefore, idBefore, knownBefore]) => {
    // Another page, or the first answer of the server, is no change of what one may do.
    if (id !== idBefore || knownBefore === undefined || known === undefined || may === mayBefore) return
    notices.show(t(may ? 'role.nowWrites' : 'role.nowReads'))
  })

  const standing = computed<MessageKey | undefined>(() => {
    if (mayWriteHere.value) return undefined
    if (isCrowded.value) return 'role.crowded'
    return mayWrite.value ? 'role.readsPage' : 'role.readsHere'
  })

  return { role, isOwner: computed(() => role.value === 'owner'), mayWrite, mayWriteHere, standing }
}

function writes(role: Role | undefined): boolean {
  return role !== 'viewer' && role !== 'commenter'
}
