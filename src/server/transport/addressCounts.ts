import { isIPv6 } from 'node:net'

/** How many connections each address has. */
export class AddressCounts {
  readonly #counts = new Map<string, number>()

  /** Counts a connection of an address, unless that would be more than `most`. Returns how to count it out again. */
  enter(address: string, most: number): (() => void) | undefined {
    const group = groupOf(address)
    const count = this.#counts.get(group) ?? 0
    if (count >= most) return undefined
    this.#counts.set(group, count + 1)
    return () => {
      const left = (this.#counts.get(group) ?? 1) - 1
      if (left === 0) this.#counts.delete(group)
      else this.#counts.set(group, left)
    }
  }
}

/** Whose address it is: of IPv6 the first half, as each machine can give itself any number of the second. */
function groupOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped !== undefined) return mapped
  if (!isIPv6(address)) return address
  const [head = '', tail] = address.replace(/%.*$/, '').split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? 0 : 8 - left.length - right.length
  return [...left, ...Array.from({ length: zeros }, () => '0'), ...right].slice(0, 4).join(':')
}
