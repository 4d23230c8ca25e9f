import { MAX_TOKEN_ORIGINS, type InviteClaims } from '../../shared/access/inviteToken'
import type { Role } from '../../shared/protocol/values'
import { InkroomError } from '../../shared/protocol/errors'
import type { Place } from '../core/environment'
import type { ServerLimits } from '../core/serverLimits'
import type { AccessTable } from '../storage/accessTable'
import type { StoredRoom } from '../storage/roomStore'
import type { AccessChange, StoredInvite, StoredMember } from '../storage/storedAccess'

/** Milliseconds for which a link for one's own other device counts at most. 1 day: it is used at once, or was forgotten. */
export const OWN_DEVICE_MS = 24 * 3_600_000

/** Who signs as the maker of invites that the server itself makes. */
export const SERVER_NAME = 'Inkroom'

/** An invite that the server itself gives. */
export interface ServerInviteWish {
  readonly role: Role
  /** How many devices may come by it; null: any number. */
  readonly maxUses: number | null
  /** Milliseconds for which it counts; null: for ever. */
  readonly lifetimeMs: number | null
}

export interface InviteWish {
  readonly role: Role
  /** Milliseconds since 1970; null: never. */
  readonly expiresAt: number | null
  /** Null: any number. */
  readonly maxUses: number | null
  readonly ownDevice: boolean
}

export interface NewInvite {
  readonly inviteId: string
  /** Milliseconds since 1970. */
  readonly now: number
  /** Undefined for the server itself. */
  readonly maker: Pick<StoredMember, 'deviceId' | 'personId' | 'name' | 'role'> | undefined
  readonly wish: InviteWish
}

export type InviteLimits = Pick<ServerLimits, 'maxInvitesPerRoom' | 'maxDevicesPerPerson'>

/**
 * An invite and what to store for it. A maker has one link for a device of their own at a time, and none where their
 * person has as many devices as it may. Where there are too many invites, those that do not count any more make room.
 * Throws InkroomError `access-full`.
 */
export function newInvite(
  table: AccessTable,
  { inviteId, now, maker, wish }: NewInvite,
  { maxInvitesPerRoom, maxDevicesPerPerson }: InviteLimits,
): { invite: StoredInvite; changes: AccessChange[] } {
  const own = wish.ownDevice && maker !== undefined
  const invite: StoredInvite = {
    inviteId,
    role: own ? maker.role : wish.role,
    expiresAt: own ? Math.min(wish.expiresAt ?? Infinity, now + OWN_DEVICE_MS) : wish.expiresAt,
    maxUses: own ? 1 : wish.maxUses,
    uses: 0,
    createdAt: now,
    createdBy: maker?.name ?? SERVER_NAME,
    ownDevice: own,
    maker: maker?.deviceId ?? null,
  }
  const others = [...table.invites.values()]
  const replaced = others.filter((each) => own && each.ownDevice && each.maker === maker.deviceId)
  if (own && devicesToCome(table, maker, now) >= maxDevicesPerPerson)
    throw new InkroomError('access-full', `a person has at most ${maxDevicesPerPerson} devices in a room`)
  const isFull = others.length - replaced.length >= maxInvitesPerRoom
  const dead = isFull ? others.filter((each) => !replaced.includes(each) && !counts(each, now)) : []
  if (isFull && dead.length === 0)
    throw new InkroomError('access-full', `a room has at most ${maxInvitesPerRoom} invites`)
  const removed = [...replaced, ...dead].map((each): AccessChange => ({
    change: 'removeInvite',
    inviteId: each.inviteId,
  }))
  return { invite, changes: [...removed, { change: 'putInvite', invite }] }
}

/** Devices of a person, and those that may still come by links that their other devices have made. */
function devicesToCome(
  { members, invites }: AccessTable,
  { deviceId, personId }: Pick<StoredMember, 'deviceId' | 'personId'>,
  now: number,
): number {
  const isTheirs = (device: string | null): boolean => members.get(device ?? '')?.personId === personId
  const devices = [...members.keys()].filter(isTheirs)
  const links = [...invites.values()].filter(
    (each) => each.ownDevice && each.maker !== deviceId && isTheirs(each.maker) && counts(each, now),
  )
  return devices.length + links.length
}

/** Whether somebody may still come by an invite. */
export function counts({ expiresAt, maxUses, uses }: StoredInvite, now: number): boolean {
  return (expiresAt === null || expiresAt > now) && (maxUses === null || uses < maxUses)
}

/** What the token of an invite says, with the addresses of the moment. */
export function claimsOf(
  invite: StoredInvite,
  room: StoredRoom,
  { origins, fingerprint, isBehindProxy }: Place,
): InviteClaims {
  return {
    iss: room.roomId,
    key: room.publicKey,
    jti: invite.inviteId,
    role: invite.role,
    title: room.title,
    by: invite.createdBy,
    at: origins.slice(0, MAX_TOKEN_ORIGINS),
    ...(fingerprint !== undefined && !isBehindProxy && { fp: fingerprint }),
    // Whole seconds (RFC 7519), and never before the server's own end of it.
    ...(invite.expiresAt !== null && { exp: Math.ceil(invite.expiresAt / 1000) }),
  }
}
