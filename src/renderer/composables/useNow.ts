import { onScopeDispose, ref, watchEffect, type Ref } from 'vue'
import type { Clock } from '../../shared/clock'

/** The time in milliseconds since 1970, renewed every second while `isNeeded`. */
export function useNow(clock: Clock, isNeeded: () => boolean): Readonly<Ref<number>> {
  const now = ref(clock.now())
  let cancel: (() => void) | undefined
  const tick = (): void => {
    now.value = clock.now()
    cancel = clock.after(1000, tick)
  }
  watchEffect(() => {
    cancel?.()
    cancel = undefined
    if (isNeeded()) tick()
  })
  onScopeDispose(() => cancel?.())
  return now
}
