import {
  checkStepNameSchema,
  type CheckCode,
  type CheckedAddress,
  type CheckStep,
  type CheckStepName,
} from '../../shared/ipc/network'

/** The steps of the way to a room, in order. */
export const STEP_NAMES: readonly CheckStepName[] = checkStepNameSchema.options

/** A step that failed, with what is wrong. */
export class StepFailure extends Error {
  override readonly name = 'StepFailure'
  constructor(
    readonly code: CheckCode,
    options?: ErrorOptions,
  ) {
    super(code, options)
  }
}

/** What became of the steps at one address. Once one has failed, those after it are skipped. */
export class AddressSteps {
  readonly #done = new Map<CheckStepName, CheckStep>()
  #failed = false

  constructor(
    readonly origin: string,
    /** Undefined where its name has none. */
    readonly address: string | undefined,
  ) {}

  get hasFailed(): boolean {
    return this.#failed
  }

  /** Takes a step. `task` throws {@link StepFailure}. Undefined where it failed, or one before it did. */
  async take<T>(step: CheckStepName, task: () => Promise<T>): Promise<T | undefined> {
    if (this.#failed) return undefined
    const start = performance.now()
    const ms = (): number => Math.round(performance.now() - start)
    try {
      const value = await task()
      this.#done.set(step, { step, result: 'ok', ms: ms() })
      return value
    } catch (error) {
      if (!(error instanceof StepFailure)) throw error
      this.#failed = true
      this.#done.set(step, { step, result: 'failed', code: error.code, ms: ms() })
      return undefined
    }
  }

  /** Adds to a step that is fine what is worth knowing of it. */
  remark(step: CheckStepName, code: CheckCode): void {
    const taken = this.#done.get(step)
    if (taken !== undefined) this.#done.set(step, { ...taken, code })
  }

  result(): CheckedAddress {
    const steps = STEP_NAMES.map(
      (step) => this.#done.get(step) ?? { step, result: 'skipped' as const, ms: 0 },
    )
    return { origin: this.origin, address: this.address ?? null, steps }
  }
}

/** `work`, unless it takes longer than it may: then that is what is wrong. */
export async function within<T>(ms: number, code: CheckCode, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new StepFailure(code)), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
