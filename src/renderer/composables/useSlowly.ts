import { onScopeDispose, shallowRef, watch, type Ref } from 'vue'
import { useServices } from '../app/services'

/** A value that follows another at once after a rest, and else every `ms` milliseconds: people read no faster. */
export function useSlowly<T>(source: () => T, ms: number): Readonly<Ref<T>> {
  const { clock } = useServices()
  const shown = shallowRef(source()) as Ref<T>
  let cancel: (() => void) | undefined
  const follow = (): void => {
    cancel = undefined
    const next = source()
    if (next === shown.value) return
    shown.value = next
    cancel = clock.after(ms, follow)
  }
  watch(source, () => {
    if (cancel === undefined) follow()
  })
  onScopeDispose(() => cancel?.())
  return shown
}
