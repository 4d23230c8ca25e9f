import type { Socket } from 'node:net'

/** Addresses by which a machine reaches itself. */
export const LOOPBACK = /^(?:::ffff:)?127\.|^::1$/

/** A machine that connects to itself does so from the address that it connects to, or from loopback. */
export function isFromOutside({ remoteAddress, localAddress }: Socket): boolean {
  if (remoteAddress === undefined || remoteAddress === localAddress) return false
  return !LOOPBACK.test(remoteAddress)
}
