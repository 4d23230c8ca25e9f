import { describe, expect, it } from 'vitest'
import { decideEntry, type Entry, type ShownInvite, type Visit } from '../../../../src/server/access/entry'
import { BY_INVITE, KNOCK, OPEN_DOOR } from '../../../../src/server/access/policies'
import type { StoredInvite, StoredMember } from '../../../../src/server/storage/storedAccess'
import type { InviteClaims } from '../../../../src/shared/access/inviteToken'
import { sampleInvite, sampleMember } from '../../../lib/access/samples'
import { idOf } from '../../../lib/idOf'

const NOW = 1_700_000_000_000
const WAITING_ROOM = { ...BY_INVITE, invited: 'ask' } as const

/** Bob at the door; `changes` say what is different. */
function visit(changes: Partial<Visit> = {}): Visit {
  const who = { deviceId: idOf('bob'), name: 'bob', colour: 2 }
  return { ...who, now: NOW, policy: BY_INVITE, member: undefined, shown: undefined, ...changes }
}

/** The token of an invite, shown at the door. */
function shown(invite: Partial<StoredInvite> = {}, maker?: StoredMember): ShownInvite {
  const stored = sampleInvite('invite', invite)
  return { claims: claimsOf(stored), invite: stored, maker }
}

function claimsOf({ inviteId, role, createdBy, expiresAt }: StoredInvite): InviteClaims {
  const room = { iss: idOf('room'), key: 'A'.repeat(43), title: 'Room', at: ['https://10.0.0.1:4660'] }
  const exp = expiresAt === null ? {} : { exp: Math.ceil(expiresAt / 1000) }
  return { ...room, jti: inviteId, role, by: createdBy, ...exp }
}

/** What becomes of a visit, in short. */
function outcome(entry: Entry): string {
  if (entry.way === 'refused') return entry.code
  const { role } = entry.admission?.member ?? {}
  return `${entry.way}${role === undefined ? '' : ` as ${role}`}`
}

const decided = (changes: Partial<Visit>): string => outcome(decideEntry(visit(changes)))
const member = (changes: Partial<StoredMember> = {}): StoredMember => sampleMember('bob', changes)

describe('at the door', () => {
  it.each<[string, Partial<Visit>, string]>([
    ['a stranger where invites are needed', { policy: BY_INVITE }, 'invite-needed'],
    ['a stranger where strangers knock', { policy: KNOCK }, 'waits as editor'],
    ['a stranger where everybody comes in', { policy: { ...OPEN_DOOR, role: 'viewer' } }, 'enters as viewer'],
    ['a member, whatever the policy', { member: member() }, 'enters'],
    [
      'a member who shows an invite that does not count',
      { member: member(), shown: shown({ maxUses: 1, uses: 1 }) },
      'enters',
    ],
    ['a banned member', { member: member({ banned: true }), policy: OPEN_DOOR }, 'banned'],
    [
      'a banned member with an invite for owners',
      { member: member({ banned: true }), shown: shown({ role: 'owner' }) },
      'banned',
    ],
    ['somebody with an invite', { shown: shown({ role: 'commenter' }) }, 'enters as commenter'],
    [
      'somebody with an invite where the invited are asked',
      { shown: shown(), policy: WAITING_ROOM },
      'waits as editor',
    ],
    [
      'somebody invited as an owner, who could let themselves in',
      { shown: shown({ role: 'owner' }), policy: WAITING_ROOM },
      'enters as owner',
    ],
    [
      'a stranger with a bad token where everybody comes in',
      { shown: { ...shown(), claims: undefined }, policy: OPEN_DOOR },
      'invite-invalid',
    ],
  ])('I1: %s', (_who, changes, expected) => {
    expect(decided(changes)).toBe(expected)
  })

  it.each<[string, ShownInvite, string]>([
    ['one that the room has not signed', { ...shown(), claims: undefined }, 'invite-invalid'],
    ['one that was taken back', { ...shown(), invite: undefined }, 'invite-revoked'],
    [
      'one that was taken back and has expired since',
      { ...shown({ expiresAt: NOW - 5_000 }), invite: undefined },
      'invite-expired',
    ],
    ['one whose time is over to the millisecond', shown({ expiresAt: NOW }), 'invite-expired'],
    ['one whose time is nearly over', shown({ expiresAt: NOW + 1 }), 'enters as editor'],
    ['one that has been used up', shown({ maxUses: 3, uses: 3 }), 'invite-used-up'],
    ['one with a use left', shown({ maxUses: 3, uses: 2 }), 'enters as editor'],
  ])('I2: by an invite: %s', (_what, invite, expected) => {
    expect(decided({ shown: invite })).toBe(expected)
  })

  it('I3: who enters by an invite comes with the use counted, strangers with none', () => {
    const entry = decideEntry(visit({ shown: shown({ maxUses: 2, uses: 1 }) }))
    expect(entry).toMatchObject({
      admission: {
        invite: { uses: 2 },
        member: { standing: 'invited', lastSeen: NOW, name: 'bob', colour: 2 },
      },
    })
    expect(decideEntry(visit({ policy: OPEN_DOOR }))).toMatchObject({
      admission: { invite: undefined, member: { standing: 'stranger' } },
    })
  })

  it.each<[string, Partial<StoredMember>, Partial<StoredInvite>, string]>([
    ['raises a viewer', { role: 'viewer' }, { role: 'editor' }, 'enters as editor'],
    ['raises a stranger', { role: 'editor', standing: 'stranger' }, { role: 'owner' }, 'enters as owner'],
    ['never lowers', { role: 'editor' }, { role: 'viewer' }, 'enters'],
    [
      'does not change a role that an owner has set',
      { role: 'viewer', standing: 'decided' },
      { role: 'editor' },
      'enters',
    ],
    ['is not used up where it changes nothing', { role: 'editor' }, { role: 'editor', maxUses: 1 }, 'enters'],
    [
      'does not count when it is used up',
      { role: 'viewer' },
      { role: 'editor', maxUses: 1, uses: 1 },
      'enters',
    ],
    [
      'does not count when its time is over',
      { role: 'viewer' },
      { role: 'editor', expiresAt: NOW },
      'enters',
    ],
  ])('I4: an invite that a member shows later %s', (_what, before, invite, expected) => {
    expect(decided({ member: member(before), shown: shown(invite) })).toBe(expected)
  })

  it('I4: raising a role uses the invite', () => {
    const entry = decideEntry(visit({ member: member({ role: 'viewer' }), shown: shown({ maxUses: 1 }) }))
    expect(entry).toMatchObject({ admission: { invite: { uses: 1 }, member: { role: 'editor' } } })
  })
})

describe('a link for a device of one’s own', () => {
  const own = { ownDevice: true, role: 'editor', maker: idOf('ada') } as const
  const ada = (changes: Partial<StoredMember> = {}): StoredMember =>
    sampleMember('ada', {
      personId: idOf('ada’s first'),
      pageRoles: { [idOf('page')]: 'viewer' },
      ...changes,
    })

  it('I5: makes the device one of the same person, with what they may do by now', () => {
    expect(decideEntry(visit({ shown: shown(own, ada({ role: 'commenter' })) }))).toMatchObject({
      way: 'enters',
      admission: {
        member: {
          deviceId: idOf('bob'),
          personId: idOf('ada’s first'),
          role: 'commenter',
          pageRoles: { [idOf('page')]: 'viewer' },
        },
      },
    })
  })

  it.each<[string, StoredMember | undefined]>([
    ['is no member any more', undefined],
    ['is banned', ada({ banned: true })],
  ])('I5: does not count where its maker %s', (_what, maker) => {
    expect(decided({ shown: shown(own, maker) })).toBe('invite-revoked')
  })

  it('I5: waits at the door like every invite, so that nobody brings friends in by it', () => {
    expect(decided({ shown: shown(own, ada()), policy: WAITING_ROOM })).toBe('waits as editor')
  })

  it('I5: brings a member to the person, and raises no role that an owner has set', () => {
    const entry = decideEntry(
      visit({ member: member({ role: 'viewer', standing: 'decided' }), shown: shown(own, ada()) }),
    )
    expect(entry).toMatchObject({ admission: { member: { personId: idOf('ada’s first'), role: 'viewer' } } })
  })

  it('I5: makes nobody another person who may do more than its maker', () => {
    expect(decided({ member: member({ role: 'owner' }), shown: shown(own, ada()) })).toBe('enters')
  })
})
