import { MAX_PAGE_ROLES } from '../../shared/access/roomAccess'
import type { ClientMessageOf } from '../../shared/protocol/clientMessages'
import { InkroomError } from '../../shared/protocol/errors'
import type { AccessTable } from '../storage/accessTable'
import type { AccessChange, StoredMember } from '../storage/storedAccess'

/**
 * What owners decide about members, as changes to store. A person is meant as a whole: whom one device names, all devices
 * of that person are. All throw InkroomError where it cannot be done.
 */

/**
 * Throws `last-owner` where nobody else would be one, `not-allowed` for an owner's role on a page, `access-full` beyond
 * the limits of roles on pages.
 */
export function setRole(
  table: AccessTable,
  { deviceId, pageId, role }: Pick<ClientMessageOf<'setRole'>, 'deviceId' | 'pageId' | 'role'>,
  maxPageRoles: number,
): AccessChange[] {
  const devices = devicesOf(table, deviceId).filter(({ banned }) => !banned)
  if (pageId === null) {
    if (role === null) throw new InkroomError('message-malformed', 'a role in the room is not null')
    keepAnOwner(table, devices)
    return devices.map((member) => put({ ...member, role, standing: 'decided' }))
  }
  if (devices.some((member) => member.role === 'owner'))
    throw new InkroomError('not-allowed', 'an owner is one on every page')
  const changes = devices.map((member) => put(withPageRole(member, pageId, role)))
  checkPageRoles(table, changes, maxPageRoles)
  return changes
}

/**
 * Who is banned is kept, with all their devices; who is not is forgotten. The links they made for devices of their own go
 * along. Throws `member-unknown`, `last-owner`, or `not-allowed` for banning an owner.
 */
export function removeMember(table: AccessTable, deviceId: string, ban: boolean): AccessChange[] {
  const devices = devicesOf(table, deviceId)
  if (ban && devices.some((member) => !member.banned && member.role === 'owner'))
    throw new InkroomError('not-allowed', 'an owner is not banned: take the role away first')
  keepAnOwner(table, devices)
  return [
    ...devices.map((member): AccessChange => (ban ? put(banned(member)) : remove(member))),
    ...ownLinksOf(table, devices),
  ]
}

/** A member that is banned, also one that never came in. */
export function banned(member: StoredMember): StoredMember {
  return { ...member, banned: true, role: 'viewer', pageRoles: {}, standing: 'decided' }
}

/** What an owner is called who was never here. */
const NAMELESS = { name: 'Owner', colour: 0 }

/** Who makes a room. */
export function firstOwner(
  deviceId: string,
  profile: Pick<StoredMember, 'name' | 'colour'> = NAMELESS,
  now: number,
): StoredMember {
  return {
    deviceId,
    personId: deviceId,
    ...profile,
    role: 'owner',
    pageRoles: {},
    banned: false,
    standing: 'decided',
    lastSeen: now,
  }
}

/** Throws `member-unknown`. */
export function unban(table: AccessTable, deviceId: string): AccessChange[] {
  const devices = devicesOf(table, deviceId).filter((member) => member.banned)
  if (devices.length === 0) throw new InkroomError('member-unknown', 'nobody with this id is banned')
  return devices.map(remove)
}

export function put(member: StoredMember): AccessChange {
  return { change: 'putMember', member }
}

/** All devices of the person a device belongs to. Throws `member-unknown`. */
function devicesOf(table: AccessTable, deviceId: string): StoredMember[] {
  const personId = table.members.get(deviceId)?.personId
  if (personId === undefined) throw new InkroomError('member-unknown', 'the room has no such member')
  return [...table.members.values()].filter((member) => member.personId === personId)
}

function keepAnOwner(table: AccessTable, leaving: readonly StoredMember[]): void {
  const isOwner = ({ role, banned }: StoredMember): boolean => role === 'owner' && !banned
  if (!leaving.some(isOwner)) return
  if ([...table.members.values()].some((member) => isOwner(member) && !leaving.includes(member))) return
  throw new InkroomError('last-owner', 'a room has at least one owner')
}

function withPageRole(
  member: StoredMember,
  pageId: string,
  role: ClientMessageOf<'setRole'>['role'],
): StoredMember {
  const { [pageId]: _before, ...others } = member.pageRoles
  return { ...member, pageRoles: role === null ? others : { ...others, [pageId]: role } }
}

/** Taking roles away is allowed also where there are too many. */
function checkPageRoles(table: AccessTable, changes: readonly AccessChange[], maxPageRoles: number): void {
  let [before, after] = [0, 0]
  const changed = new Map<string, StoredMember>()
  for (const each of changes) if (each.change === 'putMember') changed.set(each.member.deviceId, each.member)
  for (const member of table.members.values()) {
    const count = (of: StoredMember): number => Object.keys(of.pageRoles).length
    const next = changed.get(member.deviceId) ?? member
    before += count(member)
    after += count(next)
    if (count(next) > MAX_PAGE_ROLES && count(next) > count(member))
      throw new InkroomError('access-full', `a member has a role on at most ${MAX_PAGE_ROLES} pages`)
  }
  if (after > maxPageRoles && after > before)
    throw new InkroomError('access-full', `a room has at most ${maxPageRoles} roles on pages`)
}

function ownLinksOf(table: AccessTable, devices: readonly StoredMember[]): AccessChange[] {
  const makers = new Set(devices.map(({ deviceId }) => deviceId))
  return [...table.invites.values()]
    .filter(({ ownDevice, maker }) => ownDevice && maker !== null && makers.has(maker))
    .map(({ inviteId }) => ({ change: 'removeInvite', inviteId }))
}

function remove({ deviceId }: StoredMember): AccessChange {
  return { change: 'removeMember', deviceId }
}
