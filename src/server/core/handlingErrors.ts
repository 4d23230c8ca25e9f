import { OtError } from '../../shared/ot/otType'
import type { ClientMessage } from '../../shared/protocol/clientMessages'
import { InkroomError } from '../../shared/protocol/errors'
import { isAccessMessage } from '../access/accessMessages'
import { StoreError } from '../storage/roomStore'

/**
 * What a client is told of an error that was met while its message was handled. `isOurs`: nothing that it has sent or may
 * not do is the reason, so that the log has to have it.
 */
export function reasonOf(error: unknown, message: ClientMessage): { reason: InkroomError; isOurs: boolean } {
  if (error instanceof InkroomError) return { reason: error, isOurs: false }
  if (error instanceof OtError)
    return { reason: new InkroomError('message-malformed', error.message), isOurs: false }
  const isOfPage = 'pageId' in message && message.pageId !== null && message.pageId !== undefined
  const reason =
    error instanceof StoreError && (isOfPage || isAccessMessage(message))
      ? new InkroomError('storage-failed', 'it cannot be stored or read now')
      : new InkroomError('internal', `the server could not handle ${message.type}`)
  return { reason, isOurs: true }
}
