import { defineAsyncComponent, onMounted, onUnmounted } from 'vue'
import { useServices } from '../app/services'

/** A home screen that has been there for so long, in ms, has been painted and answers; before, the room would delay it. */
const AHEAD_MS = 1_000

const load = () => import('./RoomScreen.vue')
const RoomScreen = defineAsyncComponent(load)

/**
 * The room with its editors, which is most of the app's code: loaded when it is shown, or ahead of that once another
 * screen is there. Call in `setup`.
 */
export function useRoomScreen(): typeof RoomScreen {
  const { clock } = useServices()
  let cancel: () => void = () => undefined
  onMounted(() => {
    // Who cannot load it now is told when the room is to be shown.
    cancel = clock.after(AHEAD_MS, () => void load().catch(() => undefined))
  })
  onUnmounted(() => cancel())
  return RoomScreen
}
