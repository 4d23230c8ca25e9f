import type { GivenRole, RoomAccess, RoomPolicy } from '../../shared/access/roomAccess'
import { READS_ONLY, roleOnPage, type Roles } from '../../shared/access/roles'
import type { ClientMessage, ClientMessageOf } from '../../shared/protocol/clientMessages'
import { InkroomError, isErrorCode } from '../../shared/protocol/errors'
import type { ServerMessage, ServerMessageOf } from '../../shared/protocol/serverMessages'
import { PAGE_LIST_ID, type Role } from '../../shared/protocol/values'
import type { AccessClient, CreatedInvite, InviteWish } from '../access'
import { UnreachableError } from '../connection/createRoom'
import { Variable } from '../observable'

/** What access needs of a connection that has joined. */
export interface AccessLink {
  send(message: ClientMessage): void
}

interface Asked {
  readonly resolve: (invite: CreatedInvite) => void
  readonly reject: (error: Error) => void
}

/** What this window may do in its room, and what its person decides about others. */
export class AccessEngine implements AccessClient {
  readonly role = new Variable<Role | undefined>(undefined)
  readonly crowded = new Variable(false)
  readonly state = new Variable<RoomAccess | undefined>(undefined)
  readonly #onError: (error: unknown) => void
  readonly #onPages = new Map<string, Variable<Role | undefined>>()
  readonly #asked = new Map<number, Asked>()
  #roles: Roles | undefined
  #requests = 0
  #link: AccessLink | undefined

  /** `onError` is told why something that an owner decided was not done. */
  constructor(onError: (error: unknown) => void) {
    this.#onError = onError
  }

  /** What the newest connection allows, nothing but reading before the first. */
  get roles(): Roles {
    return this.#roles ?? READS_ONLY
  }

  roleOn(pageId: string): Variable<Role | undefined> {
    const known = this.#onPages.get(pageId)
    if (known !== undefined) return known
    const role = new Variable(this.#roleOn(pageId))
    this.#onPages.set(pageId, role)
    return role
  }

  connected(link: AccessLink, joined: ServerMessageOf<'joined'>): void {
    this.#link = link
    this.#setRoles(joined)
  }

  disconnected(): void {
    this.#link = undefined
    this.state.set(undefined)
    const error = unreachable()
    for (const { reject } of this.#asked.values()) reject(error)
    this.#asked.clear()
  }

  /** Takes what the server says of roles, invites and members. */
  received(message: ServerMessage): void {
    switch (message.type) {
      case 'role':
        this.#setRoles(message)
        if (message.role !== 'owner') this.state.set(undefined)
        return
      case 'access': {
        const { type: _type, ...access } = message
        return this.state.set(access)
      }
      case 'invite':
        return this.#answered(message.request)?.resolve(message)
      case 'error':
        return this.#failed(message)
      default:
    }
  }

  createInvite(wish: InviteWish): Promise<CreatedInvite> {
    const { role, expiresAt, maxUses, ownDevice = false } = wish
    return this.#ask((request) => ({
      type: 'createInvite',
      request,
      role,
      expiresAt,
      maxUses,
      ...(ownDevice && { ownDevice }),
    }))
  }

  async tokenOf(inviteId: string): Promise<string> {
    return (await this.#ask((request) => ({ type: 'inviteToken', request, inviteId }))).token
  }

  revokeInvite(inviteId: string): void {
    this.#link?.send({ type: 'revokeInvite', inviteId })
  }

  setPolicy(policy: RoomPolicy): void {
    this.#link?.send({ type: 'setPolicy', policy })
  }

  admit(deviceId: string, role: GivenRole | null): void {
    this.#link?.send({ type: 'admit', deviceId, role })
  }

  setRole(deviceId: string, role: GivenRole): void {
    this.#link?.send({ type: 'setRole', deviceId, pageId: null, role })
  }

  setPageRole(deviceId: string, pageId: string, role: GivenRole | null): void {
    this.#link?.send({ type: 'setRole', deviceId, pageId, role })
  }

  remove(deviceId: string, ban: boolean): void {
    this.#link?.send({ type: 'removeMember', deviceId, ban })
  }

  unban(deviceId: string): void {
    this.#link?.send({ type: 'unban', deviceId })
  }

  #ask(
    message: (request: number) => ClientMessageOf<'createInvite' | 'inviteToken'>,
  ): Promise<CreatedInvite> {
    const link = this.#link
    if (link === undefined) return Promise.reject(unreachable())
    this.#requests += 1
    const request = this.#requests
    return new Promise((resolve, reject) => {
      this.#asked.set(request, { resolve, reject })
      link.send(message(request))
    })
  }

  #answered(request: number): Asked | undefined {
    const asked = this.#asked.get(request)
    this.#asked.delete(request)
    return asked
  }

  #failed({ code, detail, request }: ServerMessageOf<'error'>): void {
    const error = new InkroomError(isErrorCode(code) ? code : 'internal', detail)
    if (request === undefined) this.#onError(error)
    else this.#answered(request)?.reject(error)
  }

  #setRoles({ role, pageRoles, crowded = false }: ServerMessageOf<'joined'> | ServerMessageOf<'role'>): void {
    this.#roles = { role, pageRoles }
    this.crowded.set(crowded)
    this.role.set(role)
    for (const [pageId, onPage] of this.#onPages) onPage.set(this.#roleOn(pageId))
  }

  #roleOn(pageId: string): Role | undefined {
    if (this.#roles === undefined) return undefined
    return pageId === PAGE_LIST_ID ? this.#roles.role : roleOnPage(this.#roles, pageId)
  }
}

function unreachable(): UnreachableError {
  return new UnreachableError('the room is not connected')
}
