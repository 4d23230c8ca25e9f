import { networkInterfaces as systemInterfaces } from 'node:os'
import type { Clock } from '../../shared/clock'
import { reachableAddresses, type Interfaces } from '../addresses'
import type { Logger } from '../logger'
import { MdnsLink } from './mdnsLink'
import { multicastCards } from './multicastCards'

/** How often the network cards are looked at, milliseconds: no system tells Node when they change. */
export const CARDS_CHECK_MS = 3_000

export interface CardWatchOptions {
  /** An address of the one network card to use; undefined: all that lead to others. */
  readonly card: string | undefined
  readonly clock: Clock
  readonly logger: Logger
  /** Addresses of this machine at the moment. */
  readonly networkInterfaces?: (() => Interfaces) | undefined
}

/** Opens multicast DNS on the network cards, and says when they have changed: a laptop moves between networks. */
export class CardWatch {
  /** Cards and addresses when links were opened last; undefined where one of them could not be. */
  #place: string | undefined
  #warned = false
  #cancel: (() => void) | undefined

  constructor(
    private readonly options: CardWatchOptions,
    /** The links are out of date. */
    private readonly changed: () => Promise<void>,
  ) {}

  /** A link on each card there is now; cards that refuse are left out and tried again later. */
  async openLinks(): Promise<MdnsLink[]> {
    const { logger } = this.options
    const { cards, place } = this.#look()
    this.#place = place
    const links = await Promise.all(
      cards.map(async (card) => {
        try {
          return await MdnsLink.open(card, logger)
        } catch (error) {
          this.#place = undefined
          if (!this.#warned) logger.warn({ err: error, card: card.name }, 'no discovery on this network card')
          this.#warned = true
          return undefined
        }
      }),
    )
    return links.filter((link) => link !== undefined)
  }

  /** Watches until `stop`. */
  start(): void {
    this.#cancel ??= this.#checkLater()
  }

  stop(): void {
    this.#cancel?.()
    this.#cancel = undefined
  }

  #checkLater(): () => void {
    const { clock, logger } = this.options
    return clock.after(CARDS_CHECK_MS, () => {
      const renewed = this.#look().place === this.#place ? Promise.resolve() : this.changed()
      renewed
        .catch((error: unknown) => logger.error({ err: error }, 'discovery cannot follow the network cards'))
        .finally(() => {
          if (this.#cancel !== undefined) this.#cancel = this.#checkLater()
        })
    })
  }

  #look() {
    const { networkInterfaces = systemInterfaces, card } = this.options
    const interfaces = networkInterfaces()
    const cards = multicastCards(interfaces, card)
    // The addresses are announced, too.
    return { cards, place: JSON.stringify([cards, reachableAddresses(interfaces)]) }
  }
}
