import type { Clock } from '../../shared/clock'
import type { RandomBytes } from '../../shared/identity/keys'
import type { LoginSigner } from '../../shared/identity/loginSigner'
import type { Dial, HostAddress } from '../../shared/socket'
import type { HashFunction } from '../../shared/update'
import type { Profile } from '../api'
import type { ReplicaCache } from '../cache/replicaCache'
import type { ConnectionOptions } from '../connection/connection'
import type { ReplicaLimits } from '../replica/replicaOptions'

/** What a room client is made of. */
export interface RoomClientOptions {
  readonly roomId: string
  readonly host: HostAddress
  /** Token of the invite by which this device comes, where it has one. */
  readonly invite?: string | undefined
  /** Link the room was joined by, remembered in the cache. */
  readonly link: string
  /** Title until the server says it. */
  readonly title: string
  /** True where this installation hosts the room. */
  readonly hosted: boolean
  readonly device: LoginSigner
  readonly profile: Profile
  readonly dial: Dial
  readonly clock: Clock
  readonly randomBytes: RandomBytes
  /** In [0, 1): jitter. */
  readonly random: () => number
  readonly cache: ReplicaCache
  readonly limits?: Partial<ReplicaLimits>
  readonly hash?: HashFunction
  readonly verify?: ConnectionOptions['verify']
  /** By default random. */
  readonly newChallenge?: ConnectionOptions['newChallenge']
  /** Told of errors that no status shows. */
  readonly onError: (error: unknown) => void
}
