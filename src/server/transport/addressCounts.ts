import { isIPv6 } from 'node:net'
import type { TransportLimits } from './transportLimits'

/** The first so many groups of 16 bits of an IPv6 address: one network has 64 bits, one site at the most 48. */
const NETWORK_GROUPS = 4
const SITE_GROUPS = 3

export type AddressLimits = Pick<
  TransportLimits,
  'maxConnectionsPerAddress' | 'maxConnectionsPerIPv6Network' | 'maxConnectionsPerIPv6Site'
>

/** How many connections each address has; of IPv6 also its network and its site, which have addresses without number. */
export class AddressCounts {
  readonly #counts = new Map<string, number>()

  constructor(private readonly limits: AddressLimits) {}

  /** Counts a connection, unless there are as many as may be from where it comes. Returns how to count it out again. */
  enter(address: string): (() => void) | undefined {
    const sources = this.#sourcesOf(address)
    if (sources.some(({ name, most }) => (this.#counts.get(name) ?? 0) >= most)) return undefined
    for (const { name } of sources) this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1)
    return () => {
      for (const { name } of sources) this.#countOut(name)
    }
  }

  #countOut(name: string): void {
    const left = (this.#counts.get(name) ?? 1) - 1
    if (left === 0) this.#counts.delete(name)
    else this.#counts.set(name, left)
  }

  #sourcesOf(address: string): { readonly name: string; readonly most: number }[] {
    const { maxConnectionsPerAddress, maxConnectionsPerIPv6Network, maxConnectionsPerIPv6Site } = this.limits
    const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
    const name = mapped ?? address
    const source = { name, most: maxConnectionsPerAddress }
    if (!isIPv6(name)) return [source]
    const groups = groupsOf(name)
    return [
      source,
      { name: `${groups.slice(0, NETWORK_GROUPS).join(':')}::/64`, most: maxConnectionsPerIPv6Network },
      { name: `${groups.slice(0, SITE_GROUPS).join(':')}::/48`, most: maxConnectionsPerIPv6Site },
    ]
  }
}

/** The eight groups of an IPv6 address as the system writes it: `::` once at the most, no leading zeros. */
function groupsOf(address: string): string[] {
  const [head = '', tail] = address.replace(/%.*$/, '').split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? 0 : 8 - left.length - right.length
  return [...left, ...Array.from({ length: zeros }, () => '0'), ...right]
}
