import { computed, onScopeDispose, shallowRef, type ComputedRef } from 'vue'
import { useNotices } from '../../app/notices'
import { useServices } from '../../app/services'
import { useSay } from '../../i18n'
import type { NearbyRoom } from '../../platform/platform'

export interface Nearby {
  /** False where the platform cannot look for rooms: a page in a browser may not. */
  readonly isPossible: boolean
  /** False where this app was started without looking. */
  readonly isOn: boolean
  /** Rooms that others let be found in this network, without those this device knows as its own. */
  readonly rooms: ComputedRef<readonly NearbyRoom[]>
}

/** Rooms in the same network, as they come and go. */
export function useNearby(): Nearby {
  const { platform } = useServices()
  const notices = useNotices()
  const say = useSay()
  const rooms = shallowRef<readonly NearbyRoom[]>([])
  /** Set once the rooms that were there at the start are known: only what comes later is news. */
  let hasStarted = false

  const stop = platform.discovery?.watch((found) => {
    const known = new Set(rooms.value.map(({ roomId }) => roomId))
    const came = found.filter(({ roomId }) => !known.has(roomId))
    rooms.value = found
    const [first] = came
    if (hasStarted && first !== undefined) {
      notices.announce(say.t('nearby.appeared', { title: first.title, host: first.hostName }))
    }
    hasStarted = true
  })
  onScopeDispose(() => stop?.())

  return {
    isPossible: platform.discovery !== undefined,
    isOn: platform.discovery?.isOn ?? false,
    rooms: computed(() => rooms.value),
  }
}
