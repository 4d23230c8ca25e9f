import { watch } from 'vue'
import { useNavigation } from '../app/navigation'
import { useServices } from '../app/services'

/** Tells the platform which room is on the screen, so that it finds this window again. */
export function useShownRoom(): void {
  const { platform } = useServices()
  const { screen } = useNavigation()
  watch(
    () => (screen.value.name === 'room' ? screen.value.room.link.roomId : undefined),
    (roomId) => platform.setShownRoom(roomId),
    { immediate: true },
  )
}
