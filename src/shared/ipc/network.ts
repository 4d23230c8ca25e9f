import { z } from 'zod'
import { countSchema } from '../protocol/values'
import { call } from './contract'

/** Why a room cannot be joined from here: main goes the whole way to its host, address by address. */

/**
 * The way to a room, in order. `resolve`: its name becomes an address. `connect`: its port answers. `tls`: it speaks
 * TLS. `fingerprint`: it shows the certificate of the link. `protocol`: it is an Inkroom of a version we understand.
 * `room`: the room is there and would let this device in.
 */
export const checkStepNameSchema = z.enum(['resolve', 'connect', 'tls', 'fingerprint', 'protocol', 'room'])
export type CheckStepName = z.infer<typeof checkStepNameSchema>

/** What is wrong, or worth knowing. What a person reads for each is in the translations under `check`. */
export const checkCodeSchema = z.enum([
  // resolve
  'name-unknown',
  'name-server-silent',
  // connect
  'no-network',
  'no-route',
  'port-refused',
  'port-silent',
  'connection-cut',
  // tls
  'tls-missing',
  'tls-failed',
  'certificate-untrusted',
  // fingerprint
  'certificate-mismatch',
  // protocol
  'not-inkroom',
  'protocol-unsupported',
  'encryption-needed',
  'name-refused',
  'server-silent',
  'server-full',
  'server-refused',
  // room
  'room-unknown',
  'room-closed',
  'invite-needed',
  'invite-invalid',
  'invite-expired',
  'invite-used-up',
  'invite-revoked',
  'banned',
  'would-wait',
])
export type CheckCode = z.infer<typeof checkCodeSchema>

export const checkStepSchema = z.object({
  step: checkStepNameSchema,
  /** `skipped`: an earlier step failed, or there is nothing to check (no name to resolve, no encryption). */
  result: z.enum(['ok', 'failed', 'skipped']),
  /** Set where it failed; `would-wait` also where it is fine. */
  code: checkCodeSchema.optional(),
  /** How long it took, milliseconds. */
  ms: countSchema,
})
export type CheckStep = z.infer<typeof checkStepSchema>

export const checkedAddressSchema = z.object({
  /** As in the link: `https://HOST:PORT`. */
  origin: z.string(),
  /** The IP address that was tried; null where the name has none. */
  address: z.string().nullable(),
  /** One of each, in order. */
  steps: z.array(checkStepSchema),
})
export type CheckedAddress = z.infer<typeof checkedAddressSchema>

export const connectionCheckSchema = z.object({
  /** As the link has them: best first. */
  addresses: z.array(checkedAddressSchema),
  /**
   * What keeps this device out: of the address that came furthest. Null where one address goes all the way.
   */
  problem: z
    .object({
      step: checkStepNameSchema,
      code: checkCodeSchema,
      origin: z.string(),
      address: z.string().nullable(),
    })
    .nullable(),
})
export type ConnectionCheck = z.infer<typeof connectionCheckSchema>

/** How a host's own system lets others through to it. Commands are to be run by the person, as administrator. */
export const firewallSchema = z.object({
  system: z.enum(['windows', 'macos', 'linux', 'other']),
  /** The firewall found; `none`: none that we know is on. */
  tool: z.enum(['netsh', 'socketfilterfw', 'ufw', 'firewalld', 'nftables', 'iptables', 'none']),
  /** One after the other, each a line for a terminal. Empty for `none`. */
  commands: z.array(z.string()),
})
export type Firewall = z.infer<typeof firewallSchema>

/** Whether others can come in, as far as the host can tell from its own side. */
export const reachabilitySchema = z.object({
  /** Null while nothing is hosted. */
  port: z.number().int().min(1).max(65_535).nullable(),
  addresses: z.array(
    z.object({
      origin: z.string(),
      /** The network card, as the system names it. */
      interfaceName: z.string(),
      /** `tunnel`: reached by those in the same VPN only. `inner`: containers and virtual machines of this machine. */
      kind: z.enum(['local', 'public', 'tunnel', 'shared', 'inner', 'self-assigned']),
      /** The server answers there, asked from this machine. */
      answers: z.boolean(),
    }),
  ),
  /** Somebody has come from another machine since the server started: then no firewall stands in the way. */
  reachedFromOutside: z.boolean(),
  firewall: firewallSchema,
})
export type Reachability = z.infer<typeof reachabilitySchema>

export const networkCalls = {
  /** `link`: a room link. Takes up to 15 seconds. */
  check: call(z.object({ link: z.string().max(8_192) }), connectionCheckSchema),
  /** Asks this machine's room server at each of its addresses. Takes up to 5 seconds. */
  reachability: call(z.undefined(), reachabilitySchema),
}
