import type { Clock } from '../../shared/clock'
import type { Audience } from '../../shared/identity/audience'
import { createId, type RandomBytes } from '../../shared/identity/keys'
import type { LoginSigner } from '../../shared/identity/loginSigner'
import type { ClientMessage } from '../../shared/protocol/clientMessages'
import { InkroomError, isErrorCode } from '../../shared/protocol/errors'
import { parseServerMessage } from '../../shared/protocol/parse'
import { PROTOCOL_VERSION } from '../../shared/protocol/values'
import type { Dial, HostAddress } from '../../shared/socket'
import type { Profile } from '../api'

/** Milliseconds from dialling to the room. */
const TIMEOUT_MS = 10_000

/** There is no server at the address, or it does not answer. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError'
  readonly code = 'server-unreachable'
}

export interface RoomCreation {
  readonly host: HostAddress
  readonly title: string
  /** The server's creation token, where it asks for one. */
  readonly token: string | undefined
  readonly device: LoginSigner
  readonly profile: Profile
  readonly dial: Dial
  readonly clock: Clock
  readonly randomBytes: RandomBytes
}

/**
 * Creates a room on a server, over a connection of its own, and gives its id. Rejects with the server's
 * InkroomError, or with UnreachableError where it does not answer.
 */
export async function createRoom(creation: RoomCreation): Promise<string> {
  const { host, title, token, device, profile, dial, clock, randomBytes } = creation
  const windowId = createId(randomBytes)
  // Known once the socket is open, before anything comes over it.
  let audience: Audience = ''
  return new Promise<string>((resolve, reject) => {
    const fail = (error: unknown): void => {
      cancel()
      socket.close(1000, 'failed')
      reject(error instanceof Error ? error : new Error(String(error)))
    }
    const cancel = clock.after(TIMEOUT_MS, () =>
      fail(new UnreachableError(`no answer within ${TIMEOUT_MS} ms`)),
    )
    const send = (message: ClientMessage): void => socket.send(JSON.stringify(message))
    const logIn = async (nonce: string): Promise<void> =>
      send({
        type: 'login',
        protocol: PROTOCOL_VERSION,
        windowId,
        audience,
        deviceKey: device.publicKey,
        signature: await device.signLogin({ audience, nonce, windowId }),
        // No room is joined over this connection.
        challenge: createId(randomBytes),
        ...profile,
      })
    const receive = (frame: string): void => {
      const message = parseServerMessage(frame)
      switch (message.type) {
        case 'greeting':
          if (!message.protocols.includes(PROTOCOL_VERSION)) {
            throw new InkroomError(
              'protocol-unsupported',
              `the server speaks ${message.protocols.join(', ')}`,
            )
          }
          return void logIn(message.nonce).catch(fail)
        case 'loggedIn':
          return send({ type: 'createRoom', title, ...(token === undefined ? {} : { token }) })
        case 'roomCreated':
          cancel()
          socket.close(1000, 'created')
          return resolve(message.roomId)
        case 'error':
          throw new InkroomError(isErrorCode(message.code) ? message.code : 'internal', message.detail)
        default:
      }
    }
    const socket = dial(host, {
      opened: (opened) => {
        audience = opened
      },
      received: (frame) => {
        try {
          receive(frame)
        } catch (error) {
          fail(error)
        }
      },
      closed: () => {
        cancel()
        reject(new UnreachableError('the connection was closed before there was a room'))
      },
    })
  })
}
