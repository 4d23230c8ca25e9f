import type { Clock } from '../../shared/clock'
import { TokenBucket } from './tokenBucket'
import type { TransportLimits } from './transportLimits'

export interface PaceOptions {
  readonly limits: Pick<
    TransportLimits,
    'messagesPerSecond' | 'messageBurst' | 'bytesPerSecond' | 'byteBurst' | 'maxPauseMs'
  >
  readonly clock: Clock
  /** Stops reading from the connection: the system lets the sender wait, and nothing is lost. */
  readonly pause: () => void
  readonly resume: () => void
  /** So much came at once that waiting is no answer. Called once; nothing is resumed after it. */
  readonly exceeded: () => void
}

/**
 * Holds one connection to its rates of messages and bytes. Who is a little too fast is read more slowly, which an honest
 * client on a fast network does not even notice; only who sends what no honest client does is cut.
 */
export class Pace {
  readonly #messages: TokenBucket
  readonly #bytes: TokenBucket
  #cancelResume: (() => void) | undefined
  #over = false

  constructor(private readonly options: PaceOptions) {
    const { limits, clock } = options
    this.#messages = new TokenBucket(clock, {
      perSecond: limits.messagesPerSecond,
      burst: limits.messageBurst,
    })
    this.#bytes = new TokenBucket(clock, { perSecond: limits.bytesPerSecond, burst: limits.byteBurst })
  }

  /**
   * A message has come, or a ping or pong; or one that has come counts as so many more: at most the burst, or a host with a
   * small one would cut everybody who sends a costly message.
   */
  message(count = 1): void {
    this.#wait(this.#messages.take(Math.min(count, this.options.limits.messageBurst)))
  }

  /** So many bytes have come, whatever they belong to. */
  bytes(count: number): void {
    this.#wait(this.#bytes.take(count))
  }

  /** The connection is closed. */
  stop(): void {
    this.#over = true
    this.#cancelResume?.()
  }

  #wait(waitMs: number): void {
    if (this.#over || waitMs === 0) return
    const { limits, clock, pause, resume, exceeded } = this.options
    if (waitMs > limits.maxPauseMs) {
      this.stop()
      pause()
      exceeded()
      return
    }
    // What was read before the pause goes on coming for a moment, and is to be waited for as well.
    this.#cancelResume?.()
    this.#cancelResume = clock.after(waitMs, resume)
    pause()
  }
}
