import { shallowRef, type Ref, type ShallowRef } from 'vue'
import type { Clock } from '../../shared/clock'
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

/** What is done within this time is not shown, in ms: it would only flash. */
const SHOWN_AFTER_MS = 300

/** Shows a task in a list, or takes it off. */
function listed(list: ShallowRef<readonly LongTask[]>, task: LongTask): { show(): void; end(): void } {
  return {
    show() {
      if (!list.value.includes(task)) list.value = [...list.value, task]
    },
    end() {
      list.value = list.value.filter((other) => other !== task)
    },
  }
}

/** Waits for work that is done elsewhere and shows in `list` how far it is, once it takes longer than a moment. */
export async function runElsewhere<T>(
  list: ShallowRef<readonly LongTask[]>,
  text: string,
  clock: Clock,
  work: (task: { readonly signal: AbortSignal; onProgress(done: number): void }) => Promise<T>,
): Promise<T> {
  const controller = new AbortController()
  const done = shallowRef(0)
  const { show, end } = listed(list, { text, done, cancel: () => controller.abort() })
  const cancelShowing = clock.after(SHOWN_AFTER_MS, show)
  try {
    return await work({
      signal: controller.signal,
      onProgress: (part) => {
        done.value = part
      },
    })
  } finally {
    cancelShowing()
    end()
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
  const { show, end } = listed(list, task)
  const onProgress = (part: number): void => {
    done.value = part
    show()
  }
  try {
    return await runInSlices(steps, slicing, onProgress, () => isCancelled)
  } finally {
    end()
  }
}
