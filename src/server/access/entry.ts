import type { InviteClaims } from '../../shared/access/inviteToken'
import { isHigher } from '../../shared/access/roles'
import type { RoomPolicy } from '../../shared/access/roomAccess'
import type { ErrorCode } from '../../shared/protocol/errors'
import type { Role } from '../../shared/protocol/values'
import type { StoredInvite, StoredMember } from '../storage/storedAccess'

/** An invite as somebody shows it at the door, and what the room knows of it. */
export interface ShownInvite {
  /** What its token says; undefined where the room has not signed it. */
  readonly claims: InviteClaims | undefined
  /** Undefined where the room has no such invite, or not any more. */
  readonly invite: StoredInvite | undefined
  /** The member that made it; undefined where that is none any more, or where it was the server. */
  readonly maker: StoredMember | undefined
}

/** Somebody at the door. */
export interface Visit {
  readonly deviceId: string
  readonly name: string
  readonly colour: number
  /** Milliseconds since 1970. */
  readonly now: number
  readonly policy: RoomPolicy
  /** What they are in the room already. */
  readonly member: StoredMember | undefined
  /** Undefined where they have shown none. */
  readonly shown: ShownInvite | undefined
}

/** Who somebody is once they are in, and the invite by which they came with that use counted. */
export interface Admission {
  readonly member: StoredMember
  readonly invite: StoredInvite | undefined
}

export type Entry =
  | { readonly way: 'refused'; readonly code: ErrorCode }
  /** An owner decides; `admission` is what they would be. */
  | { readonly way: 'waits'; readonly admission: Admission }
  /** `admission` is undefined where nothing about them changes. */
  | { readonly way: 'enters'; readonly admission: Admission | undefined }

/** Whether a device may come in, and as what. The order is docs/decisions/trust.md, At the door. */
export function decideEntry(visit: Visit): Entry {
  const { member, shown, policy, now } = visit
  if (member?.banned === true) return { way: 'refused', code: 'banned' }
  if (member !== undefined) return { way: 'enters', admission: raised(member, shown, now) }
  if (shown === undefined) {
    if (policy.strangers === 'refuse') return { way: 'refused', code: 'invite-needed' }
    const standing = policy.strangers === 'ask' ? 'invited' : 'stranger'
    const admission = { member: newMember(visit, { role: policy.role, standing }), invite: undefined }
    return { way: policy.strangers === 'ask' ? 'waits' : 'enters', admission }
  }
  const usable = usableInvite(shown, now)
  if (typeof usable === 'string') return { way: 'refused', code: usable }
  const admission = {
    member: newMember(visit, { ...usable.gives, standing: 'invited' }),
    invite: used(usable.invite),
  }
  // Whom an owner made an owner could let themselves in.
  const waits = policy.invited === 'ask' && admission.member.role !== 'owner'
  return { way: waits ? 'waits' : 'enters', admission }
}

/**
 * What somebody who has waited is let in as: what they were promised; by a link of a member's own what its maker may do by
 * now, or why it does not count any more. `invite`: the one they came by, as it is now.
 */
export function renewed(
  { member, invite: shown }: Admission,
  invite: StoredInvite | undefined,
  maker: StoredMember | undefined,
  now: number,
): Admission | ErrorCode {
  const usable = invite === undefined ? 'invite-revoked' : given(invite, maker, now)
  const isUsable = typeof usable !== 'string'
  // An owner decides of who was invited as of anybody else, but by a link of one's own somebody is taken for its maker.
  if (shown?.ownDevice !== true) return { member, invite: isUsable ? used(usable.invite) : undefined }
  return isUsable ? { member: { ...member, ...usable.gives }, invite: used(usable.invite) } : usable
}

/** An invite with one more use. */
export function used(invite: StoredInvite): StoredInvite {
  return { ...invite, uses: invite.uses + 1 }
}

interface Usable {
  readonly invite: StoredInvite
  readonly gives: { readonly role: Role } & Partial<Pick<StoredMember, 'personId' | 'pageRoles'>>
}

/** What an invite gives, or why it does not count. */
function usableInvite({ claims, invite, maker }: ShownInvite, now: number): Usable | ErrorCode {
  if (claims === undefined) return 'invite-invalid'
  if (invite === undefined) {
    return claims.exp !== undefined && claims.exp * 1000 <= now ? 'invite-expired' : 'invite-revoked'
  }
  return given(invite, maker, now)
}

/** What an invite of the room gives, or why it does not count. */
function given(invite: StoredInvite, maker: StoredMember | undefined, now: number): Usable | ErrorCode {
  if (invite.expiresAt !== null && invite.expiresAt <= now) return 'invite-expired'
  if (invite.maxUses !== null && invite.uses >= invite.maxUses) return 'invite-used-up'
  if (!invite.ownDevice) return { invite, gives: { role: invite.role } }
  // It counts for as long as its maker does, with what the maker may do by now.
  if (maker === undefined || maker.banned) return 'invite-revoked'
  const { role, personId, pageRoles } = maker
  return { invite, gives: { role, personId, pageRoles } }
}

/**
 * What an invite makes of somebody who is in already: it raises a role that no owner has set, and brings a device to
 * its person. One that would change nothing is not used up.
 */
function raised(member: StoredMember, shown: ShownInvite | undefined, now: number): Admission | undefined {
  const usable = shown === undefined ? undefined : usableInvite(shown, now)
  if (usable === undefined || typeof usable === 'string') return undefined
  const { gives, invite } = usable
  const isRaised = member.standing !== 'decided' && isHigher(gives.role, member.role)
  // Nobody becomes another person by a link of somebody who may do less.
  const isMoved =
    gives.personId !== undefined && gives.personId !== member.personId && !isHigher(member.role, gives.role)
  if (!isRaised && !isMoved) return undefined
  return {
    member: {
      ...member,
      ...(isRaised && {
        role: gives.role,
        standing: 'invited',
        pageRoles: gives.pageRoles ?? member.pageRoles,
      }),
      ...(isMoved && { personId: gives.personId }),
    },
    invite: used(invite),
  }
}

function newMember(
  { deviceId, name, colour, now }: Visit,
  given: Pick<StoredMember, 'role' | 'standing'> & Partial<StoredMember>,
): StoredMember {
  return { deviceId, personId: deviceId, name, colour, pageRoles: {}, banned: false, lastSeen: now, ...given }
}
