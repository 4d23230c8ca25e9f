import { isIPv6 } from 'node:net'
import { EVERY_ADDRESS, ownAddresses, type Interfaces, type OwnAddress } from '../../server/addresses'
import type { HostingStatus } from '../../shared/ipc/hosting'
import type { Reachability } from '../../shared/ipc/network'
import { firewallOf, thisMachine, type FirewallMachine } from './firewall'
import { connectTo } from './reachHost'

/** Own addresses that are asked. 16: some systems give a card a new IPv6 address every day. */
const MAX_ADDRESSES = 16

export interface ReachabilityOptions {
  /** The address the server listens on. */
  readonly host: string
  readonly networkInterfaces: () => Interfaces
  readonly machine?: FirewallMachine
}

/** Whether others can come in, as far as can be told from this side. */
export async function reachabilityOf(
  {
    port,
    addresses: open,
    reachedFromOutside,
  }: Pick<HostingStatus, 'port' | 'addresses' | 'reachedFromOutside'>,
  { host, networkInterfaces, machine = thisMachine }: ReachabilityOptions,
): Promise<Reachability> {
  if (port === null || open.length === 0) {
    const firewall = { ...firewallOf(0, machine), commands: [] }
    return { port: null, addresses: [], reachedFromOutside: false, firewall }
  }
  const own = ownAddresses(networkInterfaces()).filter(({ address }) => isListenedOn(host, address))
  const addresses = await Promise.all(own.slice(0, MAX_ADDRESSES).map((address) => asked(address, port)))
  return { port, addresses, reachedFromOutside, firewall: firewallOf(port, machine) }
}

function isListenedOn(host: string, address: string): boolean {
  if (host === EVERY_ADDRESS) return true
  return host === '0.0.0.0' ? !isIPv6(address) : host === address
}

async function asked(
  { address, interfaceName, kind }: OwnAddress,
  port: number,
): Promise<Reachability['addresses'][number]> {
  const name = isIPv6(address) ? `[${address}]` : address
  const origin = `https://${name}:${port}`
  const answers = await connectTo(address, origin).then(
    (socket) => {
      socket.destroy()
      return true
    },
    () => false,
  )
  return { origin, interfaceName, kind, answers }
}
