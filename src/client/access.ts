import type { GivenRole, Invite, RoomAccess, RoomPolicy } from '../shared/access/roomAccess'
import type { Role } from '../shared/protocol/values'
import type { Observable } from './observable'

/** What this person may do in the room, and what its owner decides about others. */
export interface AccessClient {
  /** One's own role in the room; undefined before the first join. Kept while the connection is gone. */
  readonly role: Observable<Role | undefined>
  /** One's own role on a page: that of the room, unless the owner has set another for this page. */
  roleOn(pageId: string): Observable<Role | undefined>
  /** True while the room has so many people that this one came in as a reader, whatever their role. */
  readonly crowded: Observable<boolean>
  /** Everything about who may enter; undefined for those who are no owners, and while not connected. */
  readonly state: Observable<RoomAccess | undefined>
  /**
   * Makes an invite, or a link for one's own other device. Resolves with its token for now: the addresses in it are
   * those of the moment. Rejects with InkroomError.
   */
  createInvite(wish: InviteWish): Promise<CreatedInvite>
  /** A token with today's addresses for an invite that is there. Rejects with InkroomError `invite-invalid`. */
  tokenOf(inviteId: string): Promise<string>
  revokeInvite(inviteId: string): void
  setPolicy(policy: RoomPolicy): void
  /** Lets somebody in who waits, or not (`null`). */
  admit(deviceId: string, role: GivenRole | null): void
  /** Changes a member's role in the room. */
  setRole(deviceId: string, role: GivenRole): void
  /** Changes a member's role on one page; null: as in the room. */
  setPageRole(deviceId: string, pageId: string, role: GivenRole | null): void
  /** Takes a member out of the room; who is banned does not come back by an invite either. */
  remove(deviceId: string, ban: boolean): void
  /** Takes a ban back. The device is no member then. */
  unban(deviceId: string): void
}

export interface InviteWish {
  readonly role: Role
  /** Milliseconds since 1970; null: it does not expire. */
  readonly expiresAt: number | null
  /** How many devices may come in by it; null: any number. */
  readonly maxUses: number | null
  /** True for another device of oneself: whoever comes by it is the same person. Everybody may ask for that. */
  readonly ownDevice?: boolean
}

export interface CreatedInvite {
  readonly invite: Invite
  readonly token: string
}
