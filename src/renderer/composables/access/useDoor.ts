import { computed, watch, type ComputedRef } from 'vue'
import type { AccessClient } from '../../../client/access'
import type { GivenRole, Waiting } from '../../../shared/access/roomAccess'
import { useNotices } from '../../app/notices'
import { useSay } from '../../i18n'
import { useObservable } from '../useObservable'

export interface Door {
  /** Who asks to come in, the first first. */
  readonly waiting: ComputedRef<readonly Waiting[]>
  /** Lets somebody in, in the role they would have where none is named. */
  admit(who: Waiting, role?: GivenRole): void
  turnAway(who: Waiting): void
}

/** People at the door of a room, for its owner. Each is announced once. */
export function useDoor(access: AccessClient): Door {
  const notices = useNotices()
  const { t } = useSay()
  const state = useObservable(access.state)
  const waiting = computed(() => state.value?.waiting ?? [])

  watch(
    waiting,
    (now, before = []) => {
      const known = new Set(before.map(({ deviceId }) => deviceId))
      const names = now.filter(({ deviceId }) => !known.has(deviceId)).map(({ name }) => name)
      if (names.length > 0) notices.announce(t('door.asks', { name: names.join(', ') }))
    },
    { immediate: true },
  )

  return {
    waiting,
    admit(who, role) {
      access.admit(who.deviceId, role ?? givenRoleOf(who.role))
      notices.announce(t('door.admitted', { name: who.name }))
    },
    turnAway(who) {
      access.admit(who.deviceId, null)
      notices.announce(t('door.turnedAway', { name: who.name }))
    },
  }
}

/** Whoever has an invite to own the room comes in by it, not by being let in: then they write. */
function givenRoleOf(role: Waiting['role']): GivenRole {
  return role === 'owner' ? 'editor' : role
}
