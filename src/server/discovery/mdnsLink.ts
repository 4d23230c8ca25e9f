import Bonjour, { type Browser, type Service } from 'bonjour-service'
import type { Logger } from '../logger'
import { GuardedSocket } from './guardedSocket'
import type { MulticastCard } from './multicastCards'

/** Where multicast DNS goes over IPv6 (RFC 6762 section 3). */
const IPV6_GROUP = 'ff02::fb'

/** Kind of service of a room: `_inkroom._tcp`. */
const SERVICE_TYPE = 'inkroom'

/** How long saying goodbye may take, milliseconds: it is one packet. */
const GOODBYE_MS = 500

/** A service to announce. */
export interface AnnouncedService {
  /** Of this service alone in the whole network. */
  readonly name: string
  /** Name of the host, without `.local`. */
  readonly host: string
  readonly port: number
  readonly txt: Readonly<Record<string, string>>
}

/** Multicast DNS on one network card. */
export class MdnsLink {
  readonly #services = new Map<string, Service>()

  private constructor(
    readonly card: MulticastCard,
    private readonly bonjour: Bonjour,
  ) {}

  /** Rejects where the port of multicast DNS cannot be had. */
  static async open(card: MulticastCard, log: Logger): Promise<MdnsLink> {
    const socket = await GuardedSocket.open(card, log)
    // The types name the options of a service; what is given goes to `multicast-dns`.
    const options: object = {
      socket,
      // The socket is bound already, to every address: one bound to the card's own gets no multicast on Linux.
      bind: false,
      interface: card.address,
      ...(card.family === 'IPv6' && { type: 'udp6', ip: IPV6_GROUP }),
    }
    const onError = (error: unknown): void => log.debug({ err: error }, 'a discovery answer was not sent')
    const link = new MdnsLink(card, new Bonjour(options, onError))
    socket.start()
    return link
  }

  /** Announces a service. Its name is nobody else's, so the network is not asked whether it is free. */
  publish({ name, host, port, txt }: AnnouncedService): void {
    const service = this.bonjour.publish({
      name,
      host: `${host}.local`,
      port,
      type: SERVICE_TYPE,
      txt: { ...txt },
      probe: false,
    })
    this.#services.set(name, service)
  }

  /** Tells the network that services have gone. Resolves when it is told, or cannot be. */
  async goodbye(isGone: (name: string) => boolean): Promise<void> {
    const gone = [...this.#services].filter(([name]) => isGone(name))
    await Promise.all(
      gone.map(
        ([name, service]) =>
          new Promise<void>((resolve) => {
            this.#services.delete(name)
            const timer = setTimeout(resolve, GOODBYE_MS)
            service.stop(() => {
              clearTimeout(timer)
              resolve()
            })
          }),
      ),
    )
  }

  /** Asks the network for rooms; the browser tells of each that answers. */
  browse(): Browser {
    return this.bonjour.find({ type: SERVICE_TYPE })
  }

  /** Ends it without a goodbye. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      this.bonjour.destroy(() => resolve())
    })
  }
}
