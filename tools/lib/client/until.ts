import type { Observable } from '../../../src/client/observable'

/** Milliseconds that a condition may take where nothing else is said. Far above what it takes on a slow machine. */
const DEFAULT_LIMIT_MS = 20_000

/** What was waited for did not come about in time. */
export class WaitError extends Error {
  override readonly name = 'WaitError'
}

export interface WaitOptions {
  /** What is waited for, or where things stand. Asked when time is up. */
  readonly what: () => string
  readonly limitMs?: number
}

/** Waits until a condition holds, which can change only when one of `sources` does. Throws {@link WaitError}. */
export async function until(
  condition: () => boolean,
  sources: readonly Pick<Observable<unknown>, 'subscribe'>[],
  { what, limitMs = DEFAULT_LIMIT_MS }: WaitOptions,
): Promise<void> {
  if (condition()) return
  await new Promise<void>((resolve, reject) => {
    const end = (settle: () => void): void => {
      clearTimeout(timer)
      for (const unsubscribe of unsubscribes) unsubscribe()
      settle()
    }
    const timer = setTimeout(
      () => end(() => reject(new WaitError(`not within ${limitMs} ms: ${what()}`))),
      limitMs,
    )
    const look = (): void => {
      if (condition()) end(resolve)
    }
    const unsubscribes = sources.map((source) => source.subscribe(look))
  })
}
