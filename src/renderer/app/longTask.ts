import { shallowRef, type Ref, type ShallowRef } from 'vue'
import type { Steps } from '../../shared/board/steps'

/** Work under way, as it is shown: with how far it is and a way to give it up. */
export interface LongTask {
  readonly text: string
  /** 0 to 1. */
  readonly done: Readonly<Ref<number>>
  cancel(): void
}

/** What steps are run with. */
export interface Slicing {
  /** Milliseconds, rising. */
  now(): number
  /** Resolves when the screen and the person had their turn. */
  turn(): Promise<void>
}

/** Working longer than this without a pause is felt, in ms. */
const SLICE_MS = 12

/** Does steps in slices, so that the app goes on meanwhile; undefined where they were given up. */
export async function runInSlices<T>(
  steps: Steps<T>,
  slicing: Slicing,
  onProgress: (done: number) => void,
  isCancelled: () => boolean,
): Promise<T | undefined> {
  let since = slicing.now()
  for (;;) {
    const next = steps.next()
    if (next.done === true) return next.value
    if (slicing.now() - since < SLICE_MS) continue
    onProgress(next.value)
    await slicing.turn()
    if (isCancelled()) return undefined
    since = slicing.now()
  }
}

/**
 * Does steps in slices and shows in `list` how far they are, once they take longer than a slice; undefined where the
 * person gave them up.
 */
export async function runLongTask<T>(
  list: ShallowRef<readonly LongTask[]>,
  text: string,
  steps: Steps<T>,
  slicing: Slicing,
): Promise<T | undefined> {
  let isCancelled = false
  const done = shallowRef(0)
  const task: LongTask = {
    text,
    done,
    cancel: () => {
      isCancelled = true
    },
  }
  const show = (part: number): void => {
    done.value = part
    if (!list.value.includes(task)) list.value = [...list.value, task]
  }
  try {
    return await runInSlices(steps, slicing, show, () => isCancelled)
  } finally {
    list.value = list.value.filter((other) => other !== task)
  }
}
