import type { Member } from '../../shared/access/roomAccess'
import type { Audience } from '../../shared/identity/audience'
import type { Socket, SocketListener } from '../../shared/socket'
import type { ServerInviteWish } from '../access/inviteMaking'
import type { StoredRoom } from '../storage/roomStore'

/** What the person of a device is called. */
export type Profile = Pick<Member, 'name' | 'colour'>

/** How a connection has come. */
export interface Arrival {
  /** Whom logins over it may be meant for: this server, by what its client can have seen of it. */
  readonly audiences: ReadonlySet<Audience>
  /** Told of messages that cost more than one, by how many. */
  readonly spend?: ((messages: number) => void) | undefined
}

/** The room server without any transport: sockets come in here. Made by `createRoomServer`. */
export interface RoomServer {
  /**
   * Takes a new connection; the server greets at once. The transport calls the listener's `received` for each text
   * frame and `closed` once at the end; it does not call `opened`.
   */
  accept(
    socket: Socket,
    arrival: Arrival,
  ): Pick<SocketListener, 'received' | 'closed'> & {
    /** Whether the connection has proven which device it is: from then on it may send more. */
    readonly isLoggedIn: boolean
  }
  /**
   * Creates a room that a device owns, as `createRoom` over a connection does. Without an owner nobody is one, until
   * somebody comes by an invite that makes them one.
   */
  createRoom(title: string, owner?: string, profile?: Profile): Promise<StoredRoom>
  /**
   * Creates a room that is there for nobody until `fill` has put everything into it; where that throws, it never was
   * there. Throws what `fill` throws, and as {@link createRoom}.
   */
  importRoom(title: string, owner: string, fill: (room: StoredRoom) => Promise<void>): Promise<StoredRoom>
  /** Keeps upkeep away from a room until the returned function is called: nothing of its history goes meanwhile. */
  holdUpkeep(roomId: string): Promise<() => void>
  /**
   * The token of an invite that the server itself gives; made where there is none that still counts for long enough.
   * Throws InkroomError `room-unknown` or `room-closed`.
   */
  inviteTo(roomId: string, wish: ServerInviteWish): Promise<string>
  /** Opens a room again that was closed. Throws InkroomError `room-unknown`. */
  reopenRoom(roomId: string): Promise<void>
  /** Closes a room: everybody in it leaves, and nobody joins until it is opened again. */
  closeRoom(roomId: string): Promise<void>
  /**
   * All rooms, with whether they are open, how many sessions are in them, and how many people beside the owner: one
   * with several windows or devices counts once.
   */
  listRooms(): Promise<{ room: StoredRoom; open: boolean; sessions: number; guests: number }[]>
  /**
   * Goes over all pages now, as the server does by itself now and then: purges what was deleted long enough ago, forgets
   * old updates, gives free space back to the disk.
   */
  keepUp(): Promise<void>
  /**
   * The machine goes to sleep: everybody is told `host-asleep` and nobody comes in until {@link wake}, or for `ms` of
   * its being awake after all.
   */
  sleep(ms: number): void
  wake(): void
  /** Commits what has been submitted, tells everybody `server-stopping`, closes all connections and the store. */
  stop(): Promise<void>
}
