import { idOfPublicKey, loginText, type verify } from '../../shared/identity/keys'
import type { ClientMessageOf } from '../../shared/protocol/clientMessages'
import { InkroomError } from '../../shared/protocol/errors'
import { PROTOCOL_VERSION } from '../../shared/protocol/values'

/** Who a session has proven to be. */
export interface Login {
  readonly windowId: string
  readonly deviceId: string
  readonly name: string
  readonly colour: number
  /** What a room that is joined signs. */
  readonly challenge: string
}

export interface LoginChecks {
  /** What the connection was greeted with. */
  readonly nonce: string
  /** What a login over this connection may be meant for. */
  readonly audiences: ReadonlySet<string>
  readonly verify: typeof verify
}

/**
 * Who a login proves to be. Throws InkroomError `protocol-unsupported`, and `login-failed` where it is meant for another
 * server or its signature does not prove the key.
 */
export function checkLogin(
  message: ClientMessageOf<'login'>,
  { nonce, audiences, verify }: LoginChecks,
): Login {
  const { protocol, audience, windowId, name, colour, challenge, deviceKey, signature } = message
  if (protocol !== PROTOCOL_VERSION)
    throw new InkroomError(
      'protocol-unsupported',
      `this server speaks protocol ${PROTOCOL_VERSION}, not ${protocol}`,
    )
  if (!audiences.has(audience))
    throw new InkroomError('login-failed', `the login is meant for ${audience}, and not for this server`)
  if (!verify(signature, loginText({ audience, nonce, windowId }), deviceKey))
    throw new InkroomError('login-failed', 'the signature does not prove the device key')
  return { windowId, deviceId: idOfPublicKey(deviceKey), name, colour, challenge }
}
