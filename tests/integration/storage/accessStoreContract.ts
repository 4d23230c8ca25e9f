import { describe, expect, it } from 'vitest'
import type { RoomStore } from '../../../src/server/storage/roomStore'
import type { AccessChange } from '../../../src/server/storage/storedAccess'
import { sampleInvite, sampleMember } from '../../lib/access/samples'
import { storeForEach, type RoomStoreGround } from './storeForEach'
import { idOf, sampleRoom } from './samples'

const putMember = (...of: Parameters<typeof sampleMember>): AccessChange => ({
  change: 'putMember',
  member: sampleMember(...of),
})
const putInvite = (...of: Parameters<typeof sampleInvite>): AccessChange => ({
  change: 'putInvite',
  invite: sampleInvite(...of),
})

/** What every {@link RoomStore} does with who may enter. Run it against each implementation. */
export function describeAccessStore(name: string, start: () => Promise<RoomStoreGround>): void {
  describe(`${name} as a store of who may enter`, () => {
    let store: RoomStore
    const room = sampleRoom('room')

    const reopen = storeForEach(
      start,
      (next) => {
        store = next
      },
      () => store.createRoom(room, [putMember('ada', { role: 'owner' })]),
    )

    async function reopened(): ReturnType<RoomStore['loadAccess']> {
      await reopen()
      return store.loadAccess(room.roomId)
    }

    it('B7: keeps a room with its first owner, over a restart', async () => {
      expect(await reopened()).toEqual({
        policy: undefined,
        members: [sampleMember('ada', { role: 'owner' })],
        invites: [],
      })
      const bare = sampleRoom('bare')
      await store.createRoom(bare)
      expect(await store.loadAccess(bare.roomId)).toEqual({ policy: undefined, members: [], invites: [] })
    })

    it('B7: keeps every field of policy, members and invites', async () => {
      const policy = { strangers: 'ask', invited: 'admit', role: 'viewer' } as const
      const roles = { [idOf('page')]: 'commenter', [idOf('other page')]: 'editor' } as const
      const bob = { role: 'commenter', pageRoles: roles, standing: 'stranger', banned: true } as const
      const first = { maxUses: 3, uses: 2, expiresAt: 99, maker: null, createdAt: 5 }
      const own = { ownDevice: true, maxUses: null, expiresAt: null, maker: idOf('ada'), createdAt: 4 }
      await store.changeAccess(room.roomId, [
        { change: 'setPolicy', policy },
        putMember('bob', { ...bob, personId: idOf('ada'), name: '写 😀', colour: 11 }),
        putInvite('first', first),
        putInvite('own', own),
      ])
      const access = await reopened()
      expect(access.policy).toEqual(policy)
      expect(access.members).toContainEqual(
        sampleMember('bob', { ...bob, personId: idOf('ada'), name: '写 😀', colour: 11 }),
      )
      expect(access.invites).toEqual([sampleInvite('own', own), sampleInvite('first', first)])
    })

    it('B7: puts in place of what was there, and removes', async () => {
      await store.changeAccess(room.roomId, [putMember('bob'), putMember('cleo'), putInvite('one')])
      await store.changeAccess(room.roomId, [
        putMember('bob', { role: 'viewer' }),
        { change: 'removeMember', deviceId: idOf('cleo') },
        { change: 'removeMember', deviceId: idOf('nobody') },
        putInvite('one', { uses: 1 }),
        putInvite('two'),
        { change: 'removeInvite', inviteId: idOf('two') },
      ])
      const { members, invites } = await reopened()
      expect(members.map(({ deviceId, role }) => [deviceId, role])).toEqual(
        [
          [idOf('ada'), 'owner'],
          [idOf('bob'), 'viewer'],
        ].sort(),
      )
      expect(invites).toEqual([sampleInvite('one', { uses: 1 })])
    })

    it('B7: refuses a room that is not there', async () => {
      const nowhere = idOf('nowhere')
      await expect(store.loadAccess(nowhere)).rejects.toMatchObject({ code: 'room-unknown' })
      await expect(store.changeAccess(nowhere, [putMember('bob')])).rejects.toMatchObject({
        code: 'room-unknown',
      })
    })

    it('B7: deletes members and invites with their room, and those of no other', async () => {
      const other = sampleRoom('other')
      await store.createRoom(other, [putMember('ada'), putInvite('one')])
      await store.changeAccess(room.roomId, [putInvite('one')])
      await store.deleteRoom(room.roomId)
      await store.createRoom(room)
      expect(await reopened()).toEqual({ policy: undefined, members: [], invites: [] })
      expect(await store.loadAccess(other.roomId)).toMatchObject({
        members: [{ deviceId: idOf('ada') }],
        invites: [{ inviteId: idOf('one') }],
      })
    })

    it('shares what it knows of who may enter with nobody', async () => {
      const member = sampleMember('bob')
      await store.changeAccess(room.roomId, [{ change: 'putMember', member }])
      member.name = 'changed'
      const read = await store.loadAccess(room.roomId)
      for (const each of read.members) each.name = 'changed'
      expect((await store.loadAccess(room.roomId)).members.map(({ name }) => name)).not.toContain('changed')
    })
  })
}
