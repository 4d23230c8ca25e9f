import { isInnerInterface, type InterfaceAddress, type Interfaces } from '../addresses'

/** A network card on which multicast DNS is spoken. */
export interface MulticastCard {
  /** As the system names it. */
  readonly name: string
  readonly family: 'IPv4' | 'IPv6'
  /** As sockets want it: an address of the card, or `::%` and its zone. */
  readonly address: string
}

/**
 * The cards others are reached by: each with its first IPv4 address, by IPv6 where it has none. Networks towards
 * containers and virtual machines count only where there is nothing else. `only`: an address of the one card to use,
 * which may be loopback.
 */
export function multicastCards(interfaces: Interfaces, only?: string): MulticastCard[] {
  if (only !== undefined) {
    return Object.entries(interfaces).flatMap(([name, addresses = []]) =>
      cardOf(
        name,
        addresses.filter(({ address }) => address === only),
      ),
    )
  }
  const cards = Object.entries(interfaces).flatMap(([name, addresses = []]) =>
    cardOf(
      name,
      addresses.filter(({ internal }) => !internal),
    ),
  )
  const outer = cards.filter(({ name }) => !isInnerInterface(name))
  return outer.length > 0 ? outer : cards
}

/** The card with these addresses; none where there are none. */
function cardOf(name: string, addresses: readonly InterfaceAddress[]): MulticastCard[] {
  const v4 = addresses.find(({ family }) => family === 'IPv4')
  if (v4 !== undefined) return [{ name, family: 'IPv4', address: v4.address }]
  const v6 = addresses.find(({ family }) => family === 'IPv6')
  if (v6 === undefined) return []
  // Windows numbers its cards, others name them.
  const zone = process.platform === 'win32' ? String(v6.scopeid ?? 0) : name
  return [{ name, family: 'IPv6', address: `::%${zone}` }]
}
