import type { Service } from 'bonjour-service'
import { isIP, isIPv6 } from 'node:net'
import { CardWatch, type CardWatchOptions } from '../../server/discovery/cardWatch'
import type { MdnsLink } from '../../server/discovery/mdnsLink'
import { readServiceText, type ServiceText } from '../../server/discovery/serviceText'
import { MAX_TOKEN_ORIGINS } from '../../shared/access/inviteToken'
import { InOrder } from '../../shared/inOrder'
import { MAX_NEARBY_ROOMS, type NearbyRoom } from '../../shared/ipc/discovery'
import { formatRoomLink } from '../../shared/roomLink'

/** Waits between the first questions to the network, milliseconds: one may get lost. */
const FIRST_WAITS_MS = [1_000, 2_000]
/** Wait between questions after that, milliseconds. */
export const ASK_EVERY_MS = 5_000
/** Questions that a room leaves unanswered before it counts as gone: its host was killed or unplugged. */
export const MISSED_ANSWERS = 2

/** Announcements that are remembered. Four times what is listed: a room may be announced on several cards. */
const MAX_SIGHTINGS = 4 * MAX_NEARBY_ROOMS

/** One announcement, as it was heard last. */
interface Sighting {
  readonly text: ServiceText
  readonly origins: readonly string[]
  /** Number of the question it answered. */
  readonly round: number
}

/** One question to the network, on all cards. */
type Round = readonly { stop(): void }[]

/**
 * Finds the rooms that others announce. Each question is a new browser of `bonjour-service`, which names every room that
 * answers: what is silent for some questions has gone without a goodbye. Two browsers overlap, so that there is always
 * one that has heard a room which says goodbye.
 */
export class NearbyRooms {
  readonly #work = new InOrder()
  readonly #cards: CardWatch
  readonly #sightings = new Map<string, Sighting>()
  #links: readonly MdnsLink[] = []
  #rounds: readonly Round[] = []
  #round = 0
  #cancelAsk: (() => void) | undefined
  #running = false
  #told = '[]'

  constructor(
    private readonly options: CardWatchOptions,
    /** Told of all rooms whenever they have changed. */
    private readonly onChange: (rooms: readonly NearbyRoom[]) => void,
  ) {
    this.#cards = new CardWatch(options, () => this.#renew())
  }

  /** All rooms there are now, in the order of their titles. */
  get rooms(): readonly NearbyRoom[] {
    const groups = new Map<string, Sighting[]>()
    for (const sighting of this.#sightings.values()) {
      // A host with several cards is met at all of them; who only pretends to be it has another certificate.
      const key = `${sighting.text.roomId} ${sighting.text.fingerprint ?? ''}`
      groups.set(key, [...(groups.get(key) ?? []), sighting])
    }
    return [...groups.values()]
      .flatMap((sightings) => nearbyRoomOf(sightings))
      .sort((a, b) => compare(a.title, b.title) || compare(a.link, b.link))
      .slice(0, MAX_NEARBY_ROOMS)
  }

  start(): void {
    if (this.#running) return
    this.#running = true
    void this.#renew()
    this.#cards.start()
  }

  /** Forgets what was found. */
  async stop(): Promise<void> {
    if (!this.#running) return
    this.#running = false
    this.#cards.stop()
    await this.#renew()
    this.#sightings.clear()
    this.#tell()
  }

  /** Listens on the cards of now. What was found stays until it misses its answers. */
  #renew(): Promise<void> {
    return this.#work.run(async () => {
      const old = this.#links
      this.#cancelAsk?.()
      for (const round of this.#rounds) end(round)
      this.#rounds = []
      this.#links = this.#running ? await this.#cards.openLinks() : []
      await Promise.all(old.map((link) => link.close()))
      if (this.#running) this.#ask(0)
    })
  }

  /** Asks the network. `asked`: how often these links have been asked before. */
  #ask(asked: number): void {
    this.#round += 1
    const [previous] = this.#rounds
    for (const round of this.#rounds.slice(1)) end(round)
    const current = this.#links.map((link) => this.#askOn(link))
    this.#rounds = previous === undefined ? [current] : [current, previous]
    for (const [name, { round }] of this.#sightings) {
      if (round < this.#round - MISSED_ANSWERS) this.#sightings.delete(name)
    }
    this.#tell()
    const wait = FIRST_WAITS_MS[asked] ?? ASK_EVERY_MS
    this.#cancelAsk = this.options.clock.after(wait, () => this.#ask(asked + 1))
  }

  #askOn(link: MdnsLink): { stop(): void } {
    const browser = link.browse()
    let heard = 0
    const hear = (service: Service): void => {
      heard += 1
      // Somebody floods the network; the next question starts from nothing.
      if (heard > MAX_SIGHTINGS) browser.stop()
      else this.#heard(service)
    }
    browser.on('up', hear)
    browser.on('txt-update', hear)
    browser.on('srv-update', hear)
    browser.on('down', ({ fqdn }) => {
      if (this.#sightings.delete(fqdn)) this.#tell()
    })
    return browser
  }

  #heard(service: Service): void {
    const text = readServiceText(service.txt)
    const isKnown = this.#sightings.has(service.fqdn)
    if (text === undefined || (!isKnown && this.#sightings.size >= MAX_SIGHTINGS)) return
    const scheme = text.fingerprint === undefined ? 'http' : 'https'
    const origins = addressesOf(service).map((address) => originOf(scheme, address, service.port))
    if (origins.length === 0) return
    this.#sightings.set(service.fqdn, { text, origins, round: this.#round })
    this.#tell()
  }

  #tell(): void {
    const { rooms } = this
    const told = JSON.stringify(rooms)
    if (told === this.#told) return
    this.#told = told
    this.onChange(rooms)
  }
}

/** What sightings of one room at one host come to. */
function nearbyRoomOf(sightings: readonly Sighting[]): NearbyRoom[] {
  const newest = sightings.reduce((best, one) => (one.round > best.round ? one : best))
  const [first, ...others] = new Set(sightings.flatMap(({ origins }) => origins))
  if (first === undefined) return []
  const { roomId, title, hostName, fingerprint } = newest.text
  const link = formatRoomLink({
    roomId,
    origins: [first, ...others.slice(0, MAX_TOKEN_ORIGINS - 1)],
    fingerprint,
  })
  return [{ roomId, title, hostName, link }]
}

/**
 * Addresses of a service as they stand in a link: first the one that it was heard from, which is in the same network,
 * then those it names. Addresses with a zone hold on one card only.
 */
function addressesOf({ referer, addresses = [] }: Service): string[] {
  const heardFrom = referer === undefined ? [] : [referer.address]
  const usable = [...heardFrom, ...addresses].filter(
    (address) => isIP(address) !== 0 && !address.includes('%') && !/^fe[89ab]/i.test(address),
  )
  return [...new Set(usable)].slice(0, MAX_TOKEN_ORIGINS)
}

function originOf(scheme: string, address: string, port: number): string {
  return new URL(`${scheme}://${isIPv6(address) ? `[${address}]` : address}:${port}`).origin
}

function end(round: Round): void {
  for (const browser of round) browser.stop()
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
