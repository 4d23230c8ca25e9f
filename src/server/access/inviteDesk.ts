import type { ServerMessage } from '../../shared/protocol/serverMessages'
import { InkroomError } from '../../shared/protocol/errors'
import type { Environment } from '../core/environment'
import type { StoredRoom } from '../storage/roomStore'
import type { AccessChange, StoredInvite, StoredMember } from '../storage/storedAccess'
import type { AccessBook } from './accessBook'
import { requireOwner, type AccessMessage, type AccessSession } from './accessMessages'
import { claimsOf, counts, newInvite, type InviteWish, type ServerInviteWish } from './inviteMaking'
import { toldInvite } from './told'

/** What members say about invites. */
export type InviteMessage = Extract<AccessMessage, { type: 'createInvite' | 'inviteToken' | 'revokeInvite' }>

/** Makes the invites of one room, hands their tokens out and takes them back. One thing at a time: its caller sees to that. */
export class InviteDesk {
  constructor(
    private readonly room: StoredRoom,
    private readonly book: AccessBook,
    private readonly environment: Environment,
    /** Stores changes, and tells everybody whom they concern. */
    private readonly change: (changes: readonly AccessChange[]) => Promise<void>,
  ) {}

  /** Throws InkroomError where `actor`, whose session it is, may not or cannot, and StoreError. */
  async handle(session: AccessSession, actor: StoredMember, message: InviteMessage): Promise<void> {
    switch (message.type) {
      case 'createInvite': {
        const wish = { ...message, ownDevice: message.ownDevice === true }
        if (!wish.ownDevice) requireOwner(actor)
        const invite = await this.#make(wish, actor)
        return session.send(await this.#answer(message.request, invite))
      }
      case 'inviteToken': {
        const invite = this.book.table.invites.get(message.inviteId)
        if (invite === undefined) throw new InkroomError('invite-invalid', 'there is no such invite')
        // Who comes by a link of this kind is taken for its maker: nobody else gets it.
        if (invite.ownDevice && invite.maker !== actor.deviceId)
          throw new InkroomError('not-allowed', 'this link is for a device of somebody else')
        if (!invite.ownDevice) requireOwner(actor)
        return session.send(await this.#answer(message.request, invite))
      }
      case 'revokeInvite': {
        const invite = this.book.table.invites.get(message.inviteId)
        if (invite?.ownDevice !== true || invite.maker !== actor.deviceId) requireOwner(actor)
        return this.change([{ change: 'removeInvite', inviteId: message.inviteId }])
      }
    }
  }

  /**
   * A token of an invite that the server itself has made and that counts for at least half of the time wished for: one is
   * made where there is none.
   */
  async ofServer({ role, maxUses, lifetimeMs }: ServerInviteWish): Promise<string> {
    const now = this.environment.clock.now()
    const known = [...this.book.table.invites.values()].find(
      (each) =>
        each.maker === null &&
        each.role === role &&
        each.maxUses === maxUses &&
        (lifetimeMs === null) === (each.expiresAt === null) &&
        counts(each, now + (lifetimeMs ?? 0) / 2),
    )
    const expiresAt = lifetimeMs === null ? null : now + lifetimeMs
    return this.#tokenOf(
      known ?? (await this.#make({ role, maxUses, expiresAt, ownDevice: false }, undefined)),
    )
  }

  async #make(wish: InviteWish, maker: StoredMember | undefined): Promise<StoredInvite> {
    const { limits, createId, clock } = this.environment
    const { invite, changes } = newInvite(
      this.book.table,
      { inviteId: createId(), now: clock.now(), maker, wish },
      limits,
    )
    await this.change(changes)
    return invite
  }

  async #answer(request: number, invite: StoredInvite): Promise<ServerMessage> {
    return { type: 'invite', request, invite: toldInvite(invite), token: await this.#tokenOf(invite) }
  }

  #tokenOf(invite: StoredInvite): Promise<string> {
    const { tokens, place } = this.environment
    return tokens.sign(claimsOf(invite, this.room, place()), this.room)
  }
}
