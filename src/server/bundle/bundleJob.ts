import { BundleError } from './bundleError'

/** What somebody who waits for a large room sees of it, and how they stop it. */
export interface BundleJob {
  readonly signal?: AbortSignal | undefined
  /** Called now and then with how much of the work is done, of 1. */
  readonly onProgress?: ((done: number) => void) | undefined
}

/** Counts the work of a job. Units are its own: bytes, as far as they are known. */
export class JobProgress {
  #done = 0

  constructor(
    private readonly job: BundleJob,
    private readonly total: number,
  ) {}

  /** Says that more is done. Throws BundleError `bundle-cancelled` where the job was stopped. */
  add(amount: number): void {
    checkCancelled(this.job)
    this.#done += amount
    this.job.onProgress?.(this.total === 0 ? 1 : Math.min(1, this.#done / this.total))
  }
}

/** Throws BundleError `bundle-cancelled`. */
export function checkCancelled({ signal }: BundleJob): void {
  if (signal?.aborted === true) throw new BundleError('bundle-cancelled', 'the person stopped it')
}
