/** Sections 1, 3 and 4 of docs/PROTOCOL.md, written from it alone: nothing of the app is imported here. */
import {
  createHash,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto'
import { EventEmitter, once } from 'node:events'
import { WebSocket } from 'ws'

/** A message as it came: every field is looked at where it is used. */
export interface Message {
  readonly type: string
  readonly [field: string]: unknown
}

export const sha256 = (text: string | Buffer): Buffer => createHash('sha256').update(text).digest()

/** Lower-case base32 without padding. */
function base32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? [])
    .map((five) => 'abcdefghijklmnopqrstuvwxyz234567'[parseInt(five.padEnd(5, '0'), 2)])
    .join('')
}

export const newId = (): string => base32(randomBytes(16))
export const idOfKey = (key: string): string => base32(sha256(Buffer.from(key, 'base64url')).subarray(0, 20))

/** Whether the holder of a public key has signed a text. */
export function isSigned(text: string, signature: string, key: string): boolean {
  const publicKey = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: key } })
  return verify(null, Buffer.from(text), publicKey, Buffer.from(signature, 'base64url'))
}

/** A device: its key pair is made once. */
export class Device {
  readonly publicKey: string
  readonly #privateKey: KeyObject

  constructor() {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519')
    this.#privateKey = privateKey
    this.publicKey = publicKey.export({ format: 'jwk' }).x ?? ''
  }

  sign(text: string): string {
    return sign(null, Buffer.from(text), this.#privateKey).toString('base64url')
  }
}

/** One connection: messages in order, and the way in. */
export class Connection {
  readonly messages: Message[] = []
  /** What was sent, in order. */
  readonly sent: Message[] = []
  closed: { code: number; reason: string } | undefined
  onMessage: (message: Message) => void = () => undefined
  readonly #events = new EventEmitter()
  readonly #webSocket: WebSocket

  /** Whom logins over it are meant for. */
  readonly audience: string

  constructor(url: string) {
    this.audience = `origin:${new URL(url.replace(/^ws/, 'http')).origin}`
    this.#webSocket = new WebSocket(url)
    this.#webSocket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString('utf8')) as Message
      this.messages.push(message)
      this.onMessage(message)
      this.#events.emit('change')
    })
    this.#webSocket.on('error', () => undefined)
    this.#webSocket.on('close', (code, reason) => {
      this.closed = { code, reason: reason.toString('utf8') }
      this.#events.emit('change')
    })
  }

  send(message: Message): void {
    this.sent.push(message)
    this.#webSocket.send(JSON.stringify(message))
  }

  /** Sends a message so many times, and waits until the system has it. */
  async sendMany(message: Message, count: number): Promise<void> {
    const frame = JSON.stringify(message)
    for (let sent = 1; sent < count; sent += 1) this.#webSocket.send(frame)
    await new Promise((resolve) => this.#webSocket.send(frame, resolve))
  }

  /** Takes nothing from the network until {@link readOn}. */
  stopReading(): void {
    this.#webSocket.pause()
  }

  readOn(): void {
    this.#webSocket.resume()
  }

  /** Cuts the connection without a word. */
  cut(): void {
    this.#webSocket.terminate()
  }

  close(): void {
    this.#webSocket.close(1000)
  }

  /** Waits until something is there. */
  async until<T>(find: () => T | undefined): Promise<T> {
    for (;;) {
      const found = find()
      if (found !== undefined) return found
      if (this.closed !== undefined) throw new Error(`closed with ${this.closed.code} ${this.closed.reason}`)
      await once(this.#events, 'change')
    }
  }

  /** Waits for the first message of a type, from the message with an index on. */
  message(type: string, from = 0): Promise<Message> {
    return this.until(() => this.messages.slice(from).find((message) => message.type === type))
  }

  /** Sends a message and waits for the answer of a type. */
  async ask(message: Message, type: string): Promise<Message> {
    const from = this.messages.length
    this.send(message)
    return this.message(type, from)
  }

  async logIn(device: Device, windowId: string, name: string): Promise<Message> {
    const { nonce } = await this.message('greeting')
    const signature = device.sign(`inkroom-login-1\n${this.audience}\n${String(nonce)}\n${windowId}`)
    const login = {
      type: 'login',
      protocol: 1,
      windowId,
      audience: this.audience,
      deviceKey: device.publicKey,
      signature,
      challenge: newId(),
      name,
      colour: 3,
    }
    return this.ask(login, 'loggedIn')
  }

  /** Joins a room and checks that it is the one asked for. Gives the room's key. */
  async join(roomId: string, invite?: string): Promise<string> {
    const join = { type: 'join', roomId, ...(invite !== undefined && { invite }) }
    const joined = await this.ask(join, 'joined')
    const roomKey = String(joined['roomKey'])
    if (joined['roomId'] !== roomId || idOfKey(roomKey) !== roomId) throw new Error('this is another room')
    return roomKey
  }
}
