import { shallowRef, type InjectionKey, type ShallowRef } from 'vue'
import type { RoomClient } from '../../client/api'
import type { RoomLink } from '../../shared/roomLink'
import type { HostedRoom, OpenedFile, Platform, RoomFile } from '../platform/platform'
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
  /** The file the app was opened with, until a room takes it. */
  readonly startFile: ShallowRef<OpenedFile | undefined>
  #startLink: string | undefined
  #startRoom: string | undefined
  #startRoomFile: RoomFile | undefined

  /** `start`: the room link, the room and the files the app was opened with. */
  constructor(
    initial: Screen,
    start: Pick<Platform, 'startLink' | 'startRoom' | 'startFile' | 'startRoomFile'>,
  ) {
    this.screen = shallowRef(initial)
    this.startFile = shallowRef(start.startFile)
    this.#startLink = start.startLink
    this.#startRoom = start.startRoom
    this.#startRoomFile = start.startRoomFile
  }

  /** The link the app was opened with, the first time it is asked for. */
  takeStartLink(): string | undefined {
    const link = this.#startLink
    this.#startLink = undefined
    return link
  }

  /** Id of the room the window was opened for, the first time it is asked for. */
  takeStartRoom(): string | undefined {
    const roomId = this.#startRoom
    this.#startRoom = undefined
    return roomId
  }

  /** The room's file the app was opened with, the first time it is asked for. */
  takeStartRoomFile(): RoomFile | undefined {
    const file = this.#startRoomFile
    this.#startRoomFile = undefined
    return file
  }

  /** The file the app was opened with, the first time it is asked for. */
  takeStartFile(): OpenedFile | undefined {
    const file = this.startFile.value
    this.startFile.value = undefined
    return file
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
