import type { Socket } from 'node:net'
import { WebSocket } from 'ws'
import { nodeRandomBytes } from '../../server/nodeCrypto'
import { audienceOfConnection, type Audience } from '../../shared/identity/audience'
import { createId } from '../../shared/identity/keys'
import type { LoginSigner } from '../../shared/identity/loginSigner'
import { checkCodeSchema, type CheckCode } from '../../shared/ipc/network'
import type { ClientMessage } from '../../shared/protocol/clientMessages'
import { errorOfCloseCode } from '../../shared/protocol/errors'
import { parseServerMessage } from '../../shared/protocol/parse'
import type { ServerMessage, ServerMessageOf } from '../../shared/protocol/serverMessages'
import { PROTOCOL_VERSION } from '../../shared/protocol/values'
import { socketUrls, type RoomLink } from '../../shared/roomLink'
import { StepFailure, within } from './checkSteps'

/** Milliseconds that each answer of a server may take. */
const ANSWER_MS = 4_000
/** Bytes of a message that is read: those that come before a room is joined are short. */
const MAX_MESSAGE_BYTES = 64 * 1024
/** Messages that wait to be looked at: a server that sends more is not one. */
const MAX_WAITING = 32

/** A server that speaks a version of the protocol that we understand. */
export class AskedServer {
  readonly #messages: ServerMessage[] = []
  #wake: () => void = () => undefined
  #failure: StepFailure | undefined
  #greeting: ServerMessageOf<'greeting'> | undefined

  private constructor(
    private readonly webSocket: WebSocket,
    private readonly audience: Audience,
  ) {
    webSocket.on('message', (data, isBinary) => {
      try {
        if (isBinary || this.#messages.length >= MAX_WAITING) throw new Error('not what a server sends')
        this.#messages.push(parseServerMessage(data.toString()))
        this.#wake()
      } catch {
        this.#fail('not-inkroom')
      }
    })
    webSocket.on('unexpected-response', (_request, { statusCode }) => {
      this.#fail(codeOfStatus(statusCode))
      webSocket.terminate()
    })
    webSocket.on('error', () => this.#fail('not-inkroom'))
    webSocket.on('close', (closeCode) => {
      this.#fail(errorOfCloseCode(closeCode) === 'too-many-connections' ? 'server-full' : 'connection-cut')
    })
  }

  /**
   * Speaks over a connection that is there already, whose other end has shown the certificate with `fingerprint` where
   * that is known. Throws StepFailure.
   */
  static async greetedBy(
    connection: Socket,
    origin: string,
    fingerprint: string | undefined,
  ): Promise<AskedServer> {
    const [url = ''] = socketUrls([origin])
    const server = new AskedServer(
      new WebSocket(url, {
        createConnection: () => connection,
        maxPayload: MAX_MESSAGE_BYTES,
        perMessageDeflate: false,
        followRedirects: false,
      }),
      audienceOfConnection(origin, fingerprint),
    )
    try {
      server.#greeting = await server.#answer('greeting')
      if (!server.#greeting.protocols.includes(PROTOCOL_VERSION))
        throw new StepFailure('protocol-unsupported')
      return server
    } catch (error) {
      server.close()
      throw error
    }
  }

  /**
   * Whether a device would be let into a room; nothing changes by asking. Resolves with whether somebody would have to
   * let it in. Throws StepFailure.
   */
  async knock({ roomId, invite }: RoomLink, device: LoginSigner): Promise<{ waits: boolean }> {
    const windowId = createId(nodeRandomBytes)
    const { audience } = this
    const nonce = this.#greeting?.nonce ?? ''
    this.#send({
      type: 'login',
      protocol: PROTOCOL_VERSION,
      windowId,
      audience,
      deviceKey: device.publicKey,
      signature: await device.signLogin({ audience, nonce, windowId }),
      // No room is joined over this connection.
      challenge: windowId,
      // Nobody is shown it: only who joins is seen.
      name: 'Inkroom',
      colour: 0,
    })
    await this.#answer('loggedIn')
    this.#send({ type: 'knock', roomId, ...(invite !== undefined && { invite: invite.token }) })
    const { waits } = await this.#answer('knocked')
    return { waits }
  }

  close(): void {
    this.webSocket.terminate()
  }

  #send(message: ClientMessage): void {
    this.webSocket.send(JSON.stringify(message), () => undefined)
  }

  /** The next message of a type; others are passed over, an error is what it says. */
  #answer<T extends ServerMessage['type']>(type: T): Promise<ServerMessageOf<T>> {
    const find = async (): Promise<ServerMessageOf<T>> => {
      for (;;) {
        for (let message = this.#messages.shift(); message !== undefined; message = this.#messages.shift()) {
          if (isOf(type, message)) return message
          if (message.type === 'error') throw new StepFailure(codeOfError(message.code))
        }
        if (this.#failure !== undefined) throw this.#failure
        await new Promise<void>((resolve) => {
          this.#wake = resolve
        })
      }
    }
    return within(ANSWER_MS, 'server-silent', find())
  }

  #fail(code: CheckCode): void {
    this.#failure ??= new StepFailure(code)
    this.#wake()
  }
}

function isOf<T extends ServerMessage['type']>(
  type: T,
  message: ServerMessage,
): message is ServerMessageOf<T> {
  return message.type === type
}

/** Errors of the protocol that are a finding as they are; whatever else there is, the server does not want us. */
function codeOfError(code: string): CheckCode {
  const known = checkCodeSchema.safeParse(code)
  if (known.success) return known.data
  return code === 'too-many-connections' ? 'server-full' : 'server-refused'
}

function codeOfStatus(status: number | undefined): CheckCode {
  if (status === 421) return 'name-refused'
  if (status === 426) return 'encryption-needed'
  return status === 503 ? 'server-full' : 'not-inkroom'
}
