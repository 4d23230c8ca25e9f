import type { RoomPolicy } from '../../shared/access/roomAccess'
import type { AccessChange, StoredAccess, StoredInvite, StoredMember } from './storedAccess'

/** Who may enter a room, to look things up in. */
export interface AccessTable {
  policy: RoomPolicy | undefined
  /** By device. */
  readonly members: Map<string, StoredMember>
  readonly invites: Map<string, StoredInvite>
}

export function tableOf({ policy, members, invites }: StoredAccess): AccessTable {
  return {
    policy,
    members: new Map(members.map((member) => [member.deviceId, member])),
    invites: new Map(invites.map((invite) => [invite.inviteId, invite])),
  }
}

/** In the order in which a store gives it back. */
export function accessOf({ policy, members, invites }: AccessTable): StoredAccess {
  return {
    policy,
    members: [...members.values()].sort((a, b) => compare(a.deviceId, b.deviceId)),
    invites: [...invites.values()].sort(
      (a, b) => a.createdAt - b.createdAt || compare(a.inviteId, b.inviteId),
    ),
  }
}

export function applyChange(table: AccessTable, change: AccessChange): void {
  switch (change.change) {
    case 'setPolicy':
      table.policy = change.policy
      return
    case 'putMember':
      table.members.set(change.member.deviceId, change.member)
      return
    case 'removeMember':
      table.members.delete(change.deviceId)
      return
    case 'putInvite':
      table.invites.set(change.invite.inviteId, change.invite)
      return
    case 'removeInvite':
      table.invites.delete(change.inviteId)
  }
}

/** What changes make of what is stored. */
export function changedAccess(access: StoredAccess, changes: readonly AccessChange[]): StoredAccess {
  const table = tableOf(access)
  for (const change of changes) applyChange(table, change)
  return accessOf(table)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
