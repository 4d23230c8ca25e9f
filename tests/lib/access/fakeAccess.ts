import type { AccessClient, CreatedInvite, InviteWish } from '../../../src/client/access'
import { Variable } from '../../../src/client/observable'
import type { GivenRole, Invite, Member, RoomAccess, RoomPolicy } from '../../../src/shared/access/roomAccess'
import { INVITE_TOKEN_TYPE } from '../../../src/shared/access/inviteToken'
import { toBase64Url } from '../../../src/shared/identity/encoding'
import { createKeyPair, idOfPublicKey, sign } from '../../../src/shared/identity/keys'
import { InkroomError } from '../../../src/shared/protocol/errors'
import type { Role } from '../../../src/shared/protocol/values'

/** The key of the room that {@link FakeAccess} signs tokens with. */
const ROOM_KEY = createKeyPair((length) => new Uint8Array(length).fill(7))

export const FAKE_ROOM_ID = idOfPublicKey(ROOM_KEY.publicKey)
export const FAKE_FINGERPRINT = toBase64Url(Uint8Array.from({ length: 32 }, (_, index) => index * 7 + 3))

const POLICY: RoomPolicy = { strangers: 'ask', invited: 'admit', role: 'editor' }

export interface FakeAccessOptions {
  readonly role: Role | undefined
  readonly now: () => number
  readonly title: string
  readonly by: string
}

/** What an owner decides, in memory: it does at once what a server would, and signs tokens that readers accept. */
export class FakeAccess implements AccessClient {
  readonly role: Variable<Role | undefined>
  readonly crowded = new Variable(false)
  readonly state = new Variable<RoomAccess | undefined>(undefined)
  /** What the next request for an invite fails with. */
  failure: InkroomError | undefined
  /** Where tokens say the room is met. */
  origins: readonly string[] = ['https://192.168.1.20:4660', 'https://[fd12:3456:789a::20]:4660']
  readonly #pageRoles = new Map<string, Variable<Role | undefined>>()
  #made = 0

  constructor(private readonly options: FakeAccessOptions) {
    this.role = new Variable(options.role)
    if (options.role === 'owner') {
      this.state.set({ policy: POLICY, members: [], invites: [], waiting: [] })
    }
  }

  roleOn(pageId: string): Variable<Role | undefined> {
    const known = this.#pageRoles.get(pageId)
    if (known !== undefined) return known
    const role = new Variable(this.role.value)
    this.role.subscribe((next) => role.set(next))
    this.#pageRoles.set(pageId, role)
    return role
  }

  createInvite(wish: InviteWish): Promise<CreatedInvite> {
    const { failure } = this
    if (failure !== undefined) return Promise.reject(failure)
    this.#made += 1
    const invite: Invite = {
      inviteId: 'abcdefghijklmnopqrstuvwxyz234567'.charAt(this.#made).repeat(26),
      role: wish.role,
      expiresAt: wish.expiresAt,
      maxUses: wish.maxUses,
      uses: 0,
      createdAt: this.options.now(),
      createdBy: this.options.by,
      ...(wish.ownDevice === true && { ownDevice: true }),
    }
    this.#change(({ invites }) => ({ invites: [...invites, invite] }))
    return Promise.resolve({ invite, token: this.#sign(invite) })
  }

  tokenOf(inviteId: string): Promise<string> {
    const invite = this.state.value?.invites.find((each) => each.inviteId === inviteId)
    return invite === undefined
      ? Promise.reject(new InkroomError('invite-invalid', inviteId))
      : Promise.resolve(this.#sign(invite))
  }

  revokeInvite(inviteId: string): void {
    this.#change(({ invites }) => ({ invites: invites.filter((each) => each.inviteId !== inviteId) }))
  }

  setPolicy(policy: RoomPolicy): void {
    this.#change(() => ({ policy }))
  }

  admit(deviceId: string, role: GivenRole | null): void {
    this.#change(({ waiting, members }) => {
      const found = waiting.find((each) => each.deviceId === deviceId)
      const rest = { waiting: waiting.filter((each) => each !== found) }
      if (found === undefined || role === null) return rest
      const { name, colour } = found
      const member: Member = {
        deviceId,
        personId: deviceId,
        name,
        colour,
        role,
        pageRoles: {},
        banned: false,
        lastSeen: this.options.now(),
      }
      return { ...rest, members: [...members, member] }
    })
  }

  setRole(deviceId: string, role: GivenRole): void {
    this.#changePerson(deviceId, (member) => ({ ...member, role }))
  }

  setPageRole(deviceId: string, pageId: string, role: GivenRole | null): void {
    this.#changePerson(deviceId, (member) => {
      const others = Object.fromEntries(Object.entries(member.pageRoles).filter(([id]) => id !== pageId))
      return { ...member, pageRoles: role === null ? others : { ...others, [pageId]: role } }
    })
  }

  remove(deviceId: string, ban: boolean): void {
    if (ban) this.#changePerson(deviceId, (member) => ({ ...member, banned: true }))
    else this.#changePerson(deviceId, () => undefined)
  }

  unban(deviceId: string): void {
    this.#changePerson(deviceId, () => undefined)
  }

  /** Whom one device names, all devices of that person are meant. Undefined takes them away. */
  #changePerson(deviceId: string, change: (member: Member) => Member | undefined): void {
    this.#change(({ members }) => {
      const person = members.find((member) => member.deviceId === deviceId)?.personId
      return {
        members: members.flatMap((member) =>
          member.personId === person ? (change(member) ?? []) : [member],
        ),
      }
    })
  }

  #change(part: (state: RoomAccess) => Partial<RoomAccess>): void {
    const state = this.state.value
    if (state !== undefined) this.state.set({ ...state, ...part(state) })
  }

  #sign(invite: Invite): string {
    const header = { alg: 'EdDSA', typ: INVITE_TOKEN_TYPE }
    const claims = {
      iss: FAKE_ROOM_ID,
      key: ROOM_KEY.publicKey,
      jti: invite.inviteId,
      role: invite.role,
      title: this.options.title,
      by: this.options.by,
      at: this.origins,
      fp: FAKE_FINGERPRINT,
      ...(invite.expiresAt === null ? {} : { exp: Math.ceil(invite.expiresAt / 1000) }),
    }
    const signed = [header, claims].map(encode).join('.')
    return `${signed}.${sign(signed, ROOM_KEY.privateKey)}`
  }
}

function encode(value: object): string {
  return toBase64Url(new TextEncoder().encode(JSON.stringify(value)))
}
