import type { ClientMessage, ClientMessageOf } from '../../shared/protocol/clientMessages'

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
