import type { ClientMessage, ClientMessageOf } from '../../shared/protocol/clientMessages'
import { InkroomError } from '../../shared/protocol/errors'
import type { ServerMessage } from '../../shared/protocol/serverMessages'
import type { StoredMember } from '../storage/storedAccess'

const ACCESS_MESSAGES = [
  'createInvite',
  'inviteToken',
  'revokeInvite',
  'setPolicy',
  'admit',
  'setRole',
  'removeMember',
  'unban',
] as const

/** What clients say about who may enter. */
export type AccessMessage = ClientMessageOf<(typeof ACCESS_MESSAGES)[number]>

export function isAccessMessage(message: ClientMessage): message is AccessMessage {
  return (ACCESS_MESSAGES as readonly string[]).includes(message.type)
}

/** The session an access message came from. */
export interface AccessSession {
  readonly deviceId: string
  send(message: ServerMessage): void
}

/** Throws InkroomError `not-allowed` for everybody who is no owner. */
export function requireOwner({ role }: StoredMember): void {
  if (role !== 'owner') throw new InkroomError('not-allowed', 'only an owner does that')
}
