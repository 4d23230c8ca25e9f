import { shallowRef, type InjectionKey, type ShallowRef } from 'vue'
import type { RoomClient } from '../../client/api'
import type { RoomLink } from '../../shared/roomLink'
import type { HostedRoom } from '../platform/platform'
import { required } from './services'

/** A room on the screen. */
export interface OpenRoom {
  readonly client: RoomClient
  readonly link: RoomLink
  /** Set where this installation hosts it. */
  readonly hosted: HostedRoom | undefined
}

export type Screen =
  | { readonly name: 'firstRun' }
  | { readonly name: 'home' }
  | { readonly name: 'room'; readonly room: OpenRoom }

/** Which screen is shown. */
export class Navigation {
  readonly screen: ShallowRef<Screen>
  #startLink: string | undefined

  /** `startLink`: the room link the app was opened with. */
  constructor(initial: Screen, startLink: string | undefined) {
    this.screen = shallowRef(initial)
    this.#startLink = startLink
  }

  /** The link the app was opened with, the first time it is asked for. */
  takeStartLink(): string | undefined {
    const link = this.#startLink
    this.#startLink = undefined
    return link
  }

  go(screen: Screen): void {
    this.screen.value = screen
  }
}

export const navigationKey: InjectionKey<Navigation> = Symbol('navigation')

/** Where the app is. Call in `setup`. */
export function useNavigation(): Navigation {
  return required(navigationKey)
}
