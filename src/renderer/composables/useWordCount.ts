import type { Text } from '@codemirror/state'
import { onScopeDispose, ref, watch, type Ref } from 'vue'
import type { Clock } from '../../shared/clock'
import { countWords } from './countWords'

/** Wait after the last change before counting. */
const PAUSE_MS = 250
/** UTF-16 units counted at a stretch: a few milliseconds, so that typing goes on smoothly in a long page. */
const STRETCH = 200_000

/** Number of words in a text, counted in the pauses of writing; undefined until first counted. */
export function useWordCount(
  text: Readonly<Ref<Text | undefined>>,
  clock: Clock,
): Readonly<Ref<number | undefined>> {
  const words = ref<number>()
  let cancel: (() => void) | undefined

  watch(
    text,
    (current, before) => {
      cancel?.()
      if (current === undefined) words.value = undefined
      else cancel = clock.after(before === undefined ? 0 : PAUSE_MS, () => count(current))
    },
    { immediate: true },
  )
  onScopeDispose(() => cancel?.())

  function count(current: Text): void {
    const lines = current.iterLines()
    let total = 0
    const goOn = (): void => {
      for (let left = STRETCH; left > 0;) {
        const { value, done } = lines.next()
        if (done) {
          words.value = total
          return
        }
        total += countWords(value)
        left -= value.length + 1
      }
      cancel = clock.after(0, goOn)
    }
    goOn()
  }

  return words
}
