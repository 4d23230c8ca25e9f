import { onScopeDispose, shallowRef, type ShallowRef } from 'vue'
import type { Observable } from '../../client/observable'

/** An observable of the engine as a ref, until the component is gone. */
export function useObservable<T>(observable: Observable<T>): Readonly<ShallowRef<T>> {
  const value = shallowRef(observable.value)
  const stop = observable.subscribe((next) => {
    value.value = next
  })
  onScopeDispose(stop)
  return value
}
