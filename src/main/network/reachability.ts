import { isIPv6 } from 'node:net'
import { EVERY_ADDRESS, ownAddresses, type Interfaces, type OwnAddress } from '../../server/addresses'
import type { Reachability } from '../../shared/ipc/network'
import { firewallOf, thisMachine, type FirewallMachine } from './firewall'
import { connectTo } from './reachHost'

/** Own addresses that are asked. 16: some systems give a card a new IPv6 address every day. */
const MAX_ADDRESSES = 16

/** What the room server of this machine says of itself. */
export interface HostStanding {
  /** Null while it does not run. */
  readonly port: number | null
  readonly isEncrypted: boolean
  /** Somebody has come from another machine since it started. */
  readonly reachedFromOutside: boolean
}

export interface ReachabilityOptions {
  /** The address the server listens on. */
  readonly host: string
  readonly networkInterfaces: () => Interfaces
  readonly machine?: FirewallMachine
}

/** Whether others can come in, as far as can be told from this side. */
export async function reachabilityOf(
  { port, isEncrypted, reachedFromOutside }: HostStanding,
  { host, networkInterfaces, machine = thisMachine }: ReachabilityOptions,
): Promise<Reachability> {
  if (port === null) {
    const firewall = { ...firewallOf(0, machine), commands: [] }
    return { port, addresses: [], reachedFromOutside: false, firewall }
  }
  const own = ownAddresses(networkInterfaces()).filter(({ address }) => isListenedOn(host, address))
  const addresses = await Promise.all(
    own.slice(0, MAX_ADDRESSES).map((address) => asked(address, port, isEncrypted)),
  )
  return { port, addresses, reachedFromOutside, firewall: firewallOf(port, machine) }
}

function isListenedOn(host: string, address: string): boolean {
  if (host === EVERY_ADDRESS) return true
  return host === '0.0.0.0' ? !isIPv6(address) : host === address
}

async function asked(
  { address, interfaceName, kind }: OwnAddress,
  port: number,
  isEncrypted: boolean,
): Promise<Reachability['addresses'][number]> {
  const name = isIPv6(address) ? `[${address}]` : address
  const origin = `${isEncrypted ? 'https' : 'http'}://${name}:${port}`
  const answers = await connectTo(address, origin).then(
    (socket) => {
      socket.destroy()
      return true
    },
    () => false,
  )
  return { origin, interfaceName, kind, answers }
}
