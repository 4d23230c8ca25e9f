import type { InjectionKey } from 'vue'
import { inject } from 'vue'
import type { Profile, RoomClient } from '../../client/api'
import type { Clock } from '../../shared/clock'
import type { RandomBytes } from '../../shared/identity/keys'
import type { RoomLink } from '../../shared/roomLink'
import type { Platform } from '../platform/platform'

/** A room to connect to. */
export interface RoomToOpen {
  readonly link: RoomLink
  /** What the room is called until the server says it. */
  readonly title: string
  /** True where this installation hosts it. */
  readonly hosted: boolean
  readonly profile: Profile
  /** Told of errors that no status of the room shows. */
  readonly onError: (error: unknown) => void
}

/** A room to create on somebody's server. */
export interface RoomToCreate {
  /** `http://HOST:PORT` of the server. */
  readonly origin: string
  readonly title: string
  /** The server's creation token, where it asks for one. */
  readonly token: string | undefined
  readonly profile: Profile
}

/** Everything the app uses that reaches outside of it. Tests and the preview hand in their own. */
export interface Services {
  readonly platform: Platform
  readonly clock: Clock
  readonly randomBytes: RandomBytes
  openRoom(room: RoomToOpen): RoomClient
  /** Resolves when the server has created the room. Rejects with InkroomError. */
  createRoom(room: RoomToCreate): Promise<RoomLink>
}

export const servicesKey: InjectionKey<Services> = Symbol('services')

/** The services the app was started with. Call in `setup`. */
export function useServices(): Services {
  return required(servicesKey)
}

/** What an ancestor provided; forgetting to provide it is a mistake in the program. */
export function required<T>(key: InjectionKey<T>): T {
  const value = inject(key)
  if (value === undefined) throw new Error(`nothing provides ${key.description ?? 'this'}`)
  return value
}
