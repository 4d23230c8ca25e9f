import type { RoomPolicy } from '../../shared/access/roomAccess'
import type { Clock } from '../../shared/clock'
import type { InOrder } from '../../shared/inOrder'
import type { RandomBytes } from '../../shared/identity/keys'
import type { HashFunction } from '../../shared/update'
import type { InviteTokens } from '../access/inviteTokens'
import type { RoomStore } from '../storage/roomStore'
import type { HandBackBudget } from './handBackBudget'
import type { ServerLimits } from './serverLimits'

/** What the parts of a room server work with. */
export interface Environment {
  readonly store: RoomStore
  readonly clock: Clock
  /** Runs a task after what has already arrived: `setImmediate` in a server, a queue in tests. */
  readonly defer: (task: () => void) => void
  readonly randomBytes: RandomBytes
  readonly limits: ServerLimits
  readonly logger: Logger
  readonly hash: HashFunction
  /** Ed25519 signature (base64url) of a text by a private key (base64url). */
  readonly sign: (text: string, privateKey: string) => string
  /** Checks a signature (base64url) of a text by a public key (base64url). */
  readonly verify: (signature: string, text: string, publicKey: string) => boolean
  readonly roomCreation: RoomCreation
  /** Told when a room was made, opened or closed. */
  readonly onRoomsChanged?: (() => void) | undefined
  /** Who comes into rooms whose owner has set nothing else. */
  readonly defaultPolicy: RoomPolicy
  /** Where this server is met at the moment. */
  readonly place: () => Place
  readonly tokens: InviteTokens
  /** A fresh id. */
  readonly createId: () => string
  /** What all sessions may have waiting of history that they hand back. */
  readonly handBackBudget: HandBackBudget
  /** Checks of uploaded pictures, which hold a whole one in memory: one at a time. */
  readonly assetChecks: InOrder
}

/** Where a server is met, and by what its host is recognised. */
export interface Place {
  /** Origins (`https://HOST:PORT`) that others can reach, best first; at least one. */
  readonly origins: readonly string[]
  /** SHA-256 of the host's own certificate in base64url; undefined where it does not encrypt. */
  readonly fingerprint: string | undefined
  /** True where others come through a proxy: it shows them a certificate of its own. */
  readonly isBehindProxy: boolean
}

/** Who may create rooms over a connection. */
export type RoomCreation =
  | { readonly mode: 'anyone' }
  | { readonly mode: 'nobody' }
  | { readonly mode: 'token'; readonly token: string }

/** The part of a pino logger the server uses. */
export interface Logger {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}
