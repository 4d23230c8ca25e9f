import type { Role } from '../shared/protocol/values'

/** Where a room's connection stands. One of these is always true, and the app shows it in words. */
export type ConnectionStatus =
  /** The socket is being opened, or login and join are under way. */
  | { readonly state: 'connecting' }
  /** At the door of the room: somebody in it has to let this device in. */
  | { readonly state: 'waiting' }
  | { readonly state: 'connected'; readonly role: Role }
  /**
   * Lost; the next attempt is made at `retryAt` (milliseconds since 1970). `reason`: error code that the server gave,
   * undefined where it was just gone.
   */
  | {
      readonly state: 'reconnecting'
      readonly retryAt: number
      readonly attempt: number
      readonly reason: string | undefined
    }
  /** The server said no for good; `code` is one of the protocol's error codes. No further attempt is made. */
  | { readonly state: 'refused'; readonly code: string; readonly detail: string }
  /** The owner closed the room. */
  | { readonly state: 'roomClosed' }
  /** The person left, confirmed by the server or not. */
  | { readonly state: 'left' }

/** How safe the edits of one page are. */
export interface SaveState {
  /** Newest version known to be committed on the server. */
  readonly version: number
  /** Edits of this device not yet committed there. 0 with a version means saved. */
  readonly unsent: number
  /** False while the page's first content is still on its way. */
  readonly loaded: boolean
  /** True while connected with everything exchanged: nothing unsent, nothing missing. */
  readonly synced: boolean
  /**
   * Error code of what keeps edits from being sent or kept: the server refuses the page for now, this device's
   * storage failed, another window took this page's claim over (`lease-lost`). Undefined: nothing does.
   */
  readonly problem: string | undefined
}
