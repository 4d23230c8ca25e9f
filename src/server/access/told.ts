import type { Invite, Member } from '../../shared/access/roomAccess'
import type { StoredInvite, StoredMember } from '../storage/storedAccess'

/** What owners are told of what is stored. */

export function toldMember({ standing: _standing, ...member }: StoredMember): Member {
  return member
}

export function toldInvite({ maker: _maker, ownDevice, ...invite }: StoredInvite): Invite {
  return { ...invite, ...(ownDevice && { ownDevice }) }
}
