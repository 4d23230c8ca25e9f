import type { StoredInvite, StoredMember } from '../../../src/server/storage/storedAccess'
import { idOf } from '../idOf'

/** A member with a device of that name, an editor who came by an invite. */
export function sampleMember(name: string, changes: Partial<StoredMember> = {}): StoredMember {
  return {
    deviceId: idOf(name),
    personId: idOf(name),
    name,
    colour: 0,
    role: 'editor',
    pageRoles: {},
    banned: false,
    standing: 'invited',
    lastSeen: 1_000,
    ...changes,
  }
}

/** An invite for editors that counts for everybody and for ever. */
export function sampleInvite(name: string, changes: Partial<StoredInvite> = {}): StoredInvite {
  return {
    inviteId: idOf(name),
    role: 'editor',
    expiresAt: null,
    maxUses: null,
    uses: 0,
    createdAt: 1_000,
    createdBy: 'ada',
    ownDevice: false,
    maker: idOf('ada'),
    ...changes,
  }
}
