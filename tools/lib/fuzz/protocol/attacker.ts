import type { SeededRandom } from '../../../../tests/lib/simulation/seededRandom'
import { createNodeSigner, nodeRandomBytes } from '../../../../src/server/nodeCrypto'
import type { Head } from '../../../../src/shared/update'
import { audienceOfAddress } from '../../../../src/shared/identity/audience'
import { createId, createKeyPair, idOfPublicKey, loginText } from '../../../../src/shared/identity/keys'
import { closeCodeOf } from '../../../../src/shared/protocol/errors'
import { brokenFrame, wholeFrame, type HostileFrame } from './brokenFrames'
import { Line } from './line'
import { formedMessage, MESSAGE_TYPES, type Known, type MessageType } from './schemaValues'

/** Messages sent before the attacker looks whether the server still answers. */
const BURST = 50

/** Messages that end a joined session wherever they come, so that they come seldom. */
const ENDING: ReadonlySet<MessageType> = new Set<MessageType>(['login', 'join', 'leave', 'closeRoom'])

/** Messages that make the server write or answer at length: fewer of them leave time for more of the others. */
const COSTLY: ReadonlySet<MessageType> = new Set<MessageType>(['createInvite', 'open'])

const NOT_READING = closeCodeOf('not-reading')

export interface AttackerOptions {
  readonly url: string
  readonly roomId: string
  /** Token of the invite by which this one comes; without it as a stranger does. */
  readonly invite?: string | undefined
  readonly random: SeededRandom
  /** Shared by all attackers: one replays what another has sent or been told. */
  readonly known: Known
  readonly replayed: string[]
  /** True for one who never comes in, but sends something broken at once and connects again. */
  readonly isStranger: boolean
  /** Called for each message that the server has taken. What was sent behind one that ended a connection is not. */
  readonly taken: (type: string) => void
  /** Called with the close code of each connection. */
  readonly ended: (code: number) => void
}

/** Somebody hostile: comes in as a device of its own, sends what it should not until it is cut, and comes back. */
export class Attacker {
  readonly #options: AttackerOptions
  readonly #device = createKeyPair(nodeRandomBytes)
  readonly #sign = createNodeSigner()
  readonly #open = new Set<string>()
  /** New for each connection: what this one submits by it is taken where its role allows it. */
  #clientId = ''
  /** Types of the messages that the server has not been heard to take yet. */
  readonly #burst: string[] = []

  constructor(options: AttackerOptions) {
    this.#options = options
  }

  get deviceId(): string {
    return idOfPublicKey(this.#device.publicKey)
  }

  /** One connection: comes in (not always all the way), then sends bursts until it is cut or `isOver`. */
  async attack(isOver: () => boolean): Promise<void> {
    const { random } = this.#options
    const line = await Line.connect(this.#options.url)
    try {
      this.#open.clear()
      this.#clientId = createId(nodeRandomBytes)
      this.#burst.length = 0
      const greeting = await line.next('greeting')
      if (this.#options.isStranger) return await this.#annoy(line)
      const way = random.next()
      if (greeting !== undefined && way > 0.06) await this.#logIn(line, String(greeting['nonce']))
      if (way > 0.1) {
        this.#join(line)
      }
      while (!line.isClosed && !isOver()) {
        for (let i = 0; i < BURST; i += 1) this.#sendSomething(line)
        const isHandled = await this.#answers(line)
        // One of them has ended the connection; which, and how many it took before, is not known.
        for (const type of isHandled ? this.#burst : this.#burst.slice(0, 1)) this.#options.taken(type)
        this.#burst.length = 0
      }
    } finally {
      await line.close()
      this.#options.ended(line.closeCode)
      for (const head of line.heads) this.#learn(head)
    }
  }

  /** Asks `count` questions and reads no answer. Throws unless the server ends that. */
  async ignoreAnswers(count: number): Promise<void> {
    const line = await Line.connect(this.#options.url)
    const greeting = await line.next('greeting')
    await this.#logIn(line, String(greeting?.['nonce']))
    line.stopReading()
    const knock = JSON.stringify({ type: 'knock', roomId: this.#options.roomId })
    for (let asked = 0; asked < count; asked += BURST) await line.sendMany(knock, BURST)
    line.readOn()
    await line.closed()
    if (line.closeCode !== NOT_READING) throw new Error(`who reads nothing was closed with ${line.closeCode}`)
  }

  /** Sends one broken frame, which the server has to answer with a close. */
  async #annoy(line: Line): Promise<void> {
    const { random, known, taken } = this.#options
    line.send(brokenFrame(formedMessage(this.#someType(), random, known), random))
    await line.next('closedPage')
    taken('broken')
  }

  async #logIn(line: Line, nonce: string): Promise<void> {
    const windowId = createId(nodeRandomBytes)
    const audience = audienceOfAddress(this.#options.url)
    const signature = this.#sign(loginText({ audience, nonce, windowId }), this.#device.privateKey)
    const { publicKey: deviceKey } = this.#device
    const who = { deviceKey, signature, challenge: windowId, name: 'Eve', colour: 1 }
    const login = { type: 'login', protocol: 1, windowId, audience, ...who }
    this.#put(line, { kind: 'text', text: JSON.stringify(login) }, 'login')
    await line.next('loggedIn')
  }

  #join(line: Line): void {
    const { roomId, known, invite } = this.#options
    this.#put(line, { kind: 'text', text: JSON.stringify({ type: 'join', roomId, invite }) }, 'join')
    for (const pageId of known.pageIds.slice(0, 4)) this.#openPage(line, pageId)
  }

  #openPage(line: Line, pageId: string): void {
    this.#open.add(pageId)
    const { ids } = this.#options.known
    const message = {
      type: 'open',
      request: 1,
      pageId,
      known: [],
      wants: 'cheapest',
      clients: [this.#clientId, ...ids.slice(0, 7)],
    }
    this.#put(line, { kind: 'text', text: JSON.stringify(message) }, 'open')
  }

  #sendSomething(line: Line): void {
    const { random, known, replayed } = this.#options
    const replay = random.chance(0.01) ? random.pick(replayed) : undefined
    if (replay !== undefined) return this.#put(line, { kind: 'text', text: replay }, 'replay')
    const type = this.#someType()
    const fitting = type === 'submit' && random.chance(0.2) ? this.#fittingEdit(line) : undefined
    if (fitting !== undefined) return this.#put(line, { kind: 'text', text: JSON.stringify(fitting) }, type)
    const message = formedMessage(type, random, known)
    if (random.chance(0.003)) return this.#put(line, brokenFrame(message, random), 'broken')
    // What needs an open page mostly goes to one, or the first message would always be the last.
    if ('pageId' in message && type !== 'open' && type !== 'closePage' && random.chance(0.999)) {
      const opened = random.pick([...this.#open])
      if (opened !== undefined) message['pageId'] = opened
      else return this.#openPage(line, random.pick(known.pageIds) ?? 'pages')
    }
    const pageId = String(message['pageId'])
    if (type === 'open' && known.pageIds.includes(pageId)) this.#open.add(pageId)
    // Places in the page list have another form; a wrong one ends the connection.
    if (type === 'presence' && pageId === 'pages') message['place'] = null
    if (type === 'submit' && pageId === 'pages') delete message['place']
    if (type === 'closePage') this.#open.delete(pageId)
    const frame = wholeFrame(message, random)
    if (frame.kind === 'text' && random.chance(0.02)) {
      replayed[random.below(500)] = frame.text
    }
    this.#put(line, frame, type)
    // Outside of a room most messages would end the connection.
    if (type === 'leave') this.#join(line)
  }

  /** An edit that fits: whoever may write has it committed, the others must not. */
  #fittingEdit(line: Line): object | undefined {
    const opened = this.#options.random.pick([...line.opened].filter(([pageId]) => this.#open.has(pageId)))
    if (opened === undefined || opened[0] === 'pages') return undefined
    const [pageId, head] = opened
    return { type: 'submit', pageId, ...head, clientId: this.#clientId, after: 0, seq: 1, op: ['x'] }
  }

  #someType(): MessageType {
    const { random } = this.#options
    for (;;) {
      const type = random.pick(MESSAGE_TYPES) ?? 'profile'
      const share = ENDING.has(type) ? 0.01 : COSTLY.has(type) ? 0.1 : 1
      if (random.chance(share)) return type
    }
  }

  #put(line: Line, frame: HostileFrame, type: string): void {
    if (line.send(frame)) this.#burst.push(type)
  }

  /** Waits until everything sent was handled: the server answers a `closePage` in turn, or has closed. */
  async #answers(line: Line): Promise<boolean> {
    const pageId = createId(nodeRandomBytes)
    line.send({ kind: 'text', text: JSON.stringify({ type: 'closePage', pageId }) })
    return (await line.next('closedPage', ({ pageId: closed }) => closed === pageId)) !== undefined
  }

  #learn(head: Head): void {
    const { known, random } = this.#options
    known.heads[random.below(50)] = head
    known.hashes[random.below(50)] = head.hash
  }
}
