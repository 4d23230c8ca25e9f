import type { appCalls, MenuCommand } from './app'
import type { cacheCalls } from './cache'
import type { CallsFor } from './contract'
import type { discoveryCalls, NearbyRoom } from './discovery'
import type { filesCalls } from './files'
import type { hostingCalls } from './hosting'
import type { networkCalls } from './network'
import type { RoomFileProgress, roomFilesCalls } from './roomFiles'
import type { Settings } from '../settings'
import type { settingsCalls } from './settings'
import type { SocketEvent, SocketRequest } from './sockets'
import type { UpdateState, updatesCalls } from './updates'

/** What the preload script offers a page, and nothing else; what main sends is what its tables say. */
export interface Bridge {
  readonly app: CallsFor<typeof appCalls> & {
    readonly onMenuCommand: (listener: (command: MenuCommand) => void) => () => void
  }
  readonly settings: CallsFor<typeof settingsCalls> & {
    readonly onChange: (listener: (settings: Settings) => void) => () => void
  }
  readonly files: Omit<CallsFor<typeof filesCalls>, 'readDropped'> & {
    /** `file` is a DOM File that the person dropped or chose. */
    readonly readDropped: (file: object) => ReturnType<CallsFor<typeof filesCalls>['readDropped']>
  }
  readonly cache: CallsFor<typeof cacheCalls>
  readonly hosting: CallsFor<typeof hostingCalls>
  readonly roomFiles: Omit<CallsFor<typeof roomFilesCalls>, 'takeDropped'> & {
    /** `file` is a DOM File that the person dropped. */
    readonly takeDropped: (file: object) => ReturnType<CallsFor<typeof roomFilesCalls>['takeDropped']>
    readonly onProgress: (listener: (progress: RoomFileProgress) => void) => () => void
  }
  readonly discovery: CallsFor<typeof discoveryCalls> & {
    readonly onNearby: (listener: (rooms: readonly NearbyRoom[]) => void) => () => void
  }
  readonly network: CallsFor<typeof networkCalls>
  readonly updates: CallsFor<typeof updatesCalls> & {
    readonly onState: (listener: (state: UpdateState) => void) => () => void
  }
  readonly sockets: {
    /** Queues a request. */
    readonly request: (request: SocketRequest) => void
    readonly onEvent: (listener: (event: SocketEvent) => void) => () => void
  }
}

/**
 * The bridge as the preload script hands it over. Main parses what a page sends; what main sends is unknown here, and
 * parsed in the page, whose compiled code Chromium keeps.
 */
export type UncheckedBridge = {
  readonly [D in keyof Bridge]: { readonly [F in keyof Bridge[D]]: Unchecked<Bridge[D][F]> }
}

/** A function of the bridge whose answer, or what it hands to its listener, nobody has parsed. */
type Unchecked<F> = F extends (...args: infer A) => Promise<unknown>
  ? (...args: A) => Promise<unknown>
  : F extends (listener: infer _L) => () => void
    ? (listener: (message: unknown) => void) => () => void
    : F
