import { createHash } from 'node:crypto'
import { hostname } from 'node:os'
import { InOrder } from '../../shared/inOrder'
import { MAX_NAME_LENGTH, nameSchema } from '../../shared/protocol/values'
import { CardWatch, type CardWatchOptions } from './cardWatch'
import type { AnnouncedService, MdnsLink } from './mdnsLink'
import { writeServiceText } from './serviceText'

/** Rooms that one host announces. 64: more fit into no list that people choose from. */
export const MAX_ANNOUNCED_ROOMS = 64

export interface AnnouncedRoom {
  readonly roomId: string
  readonly title: string
}

export interface AnnouncerOptions extends CardWatchOptions {
  /** Port of the room server. */
  readonly port: number
  /** SHA-256 of its certificate, base64url; undefined where it does not encrypt. */
  readonly fingerprint: string | undefined
  /** Tells this host's rooms from copies of them elsewhere: the same at each start. */
  readonly hostKey: string
}

/**
 * Lets others in the network find rooms (DNS-SD over multicast DNS). Whenever the rooms or the network cards change,
 * everything is announced anew by sockets of its own: `bonjour-service` would stop answering for all services when it
 * stops answering for one.
 */
export class Announcer {
  readonly #work = new InOrder()
  readonly #cards: CardWatch
  readonly #hostId: string
  #rooms: readonly AnnouncedRoom[] = []
  #links: readonly MdnsLink[] = []
  #stopped = false

  constructor(private readonly options: AnnouncerOptions) {
    this.#hostId = createHash('sha256').update(`${hostname()}\n${options.hostKey}`).digest('hex').slice(0, 12)
    this.#cards = new CardWatch(options, () => this.#renew())
  }

  /** Announces these rooms and no others. Resolves when they have been handed to the network. */
  async announce(rooms: readonly AnnouncedRoom[]): Promise<void> {
    if (this.#stopped) return
    this.#rooms = rooms.slice(0, MAX_ANNOUNCED_ROOMS)
    await this.#renew()
  }

  /** Says goodbye to the network. */
  async stop(): Promise<void> {
    this.#stopped = true
    this.#rooms = []
    await this.#renew()
  }

  #renew(): Promise<void> {
    return this.#work.run(async () => {
      const old = this.#links
      const services = this.#services()
      const names = new Set(services.map(({ name }) => name))
      this.#links = services.length === 0 ? [] : await this.#cards.openLinks()
      await Promise.all(old.map((link) => link.goodbye((name) => !names.has(name))))
      for (const link of this.#links) for (const service of services) link.publish(service)
      await Promise.all(old.map((link) => link.close()))
      if (services.length > 0) this.#cards.start()
      else this.#cards.stop()
    })
  }

  #services(): AnnouncedService[] {
    const { port, fingerprint } = this.options
    const hostName = nameSchema.safeParse(hostname().split('.')[0]?.slice(0, MAX_NAME_LENGTH))
    return this.#rooms.map(({ roomId, title }) => ({
      name: `${roomId}-${this.#hostId}`,
      // Not the machine's own name: that is its system's to announce, which would see a rival in us.
      host: `inkroom-${this.#hostId}`,
      port,
      txt: writeServiceText({
        roomId,
        title,
        hostName: hostName.success ? hostName.data : 'Inkroom',
        fingerprint,
      }),
    }))
  }
}
