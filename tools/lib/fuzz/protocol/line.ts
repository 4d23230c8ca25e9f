import { WebSocket } from 'ws'
import { z } from 'zod'
import { headSchema } from '../../../../src/shared/protocol/values'
import type { Head } from '../../../../src/shared/update'
import type { HostileFrame } from './brokenFrames'

/** Milliseconds in which a server has to answer or to close. Far above what either takes on a busy machine. */
const HUNG_AFTER_MS = 30_000

const answerSchema = z.looseObject({ type: z.string() })

const openedSchema = z.object({ pageId: z.string(), head: headSchema })

/** A connection did not answer in time. */
export class HungError extends Error {
  override readonly name = 'HungError'
}

type Answer = Readonly<Record<string, unknown>>

/** A WebSocket of an attacker. */
export class Line {
  /** Heads that the server has told. */
  readonly heads: Head[] = []
  /** Where each page was when it was opened. */
  readonly opened = new Map<string, Head>()
  isClosed = false
  closeCode = 0
  #waiting: { type: string; fits: (answer: Answer) => boolean; settle: (answer?: Answer) => void } | undefined
  readonly #early: Answer[] = []

  private constructor(private readonly webSocket: WebSocket) {
    webSocket.on('message', (data: Buffer) => this.#received(data.toString('utf8')))
    webSocket.on('error', () => undefined)
    webSocket.on('close', (code) => {
      this.isClosed = true
      this.closeCode = code
      this.#waiting?.settle()
    })
  }

  static connect(url: string): Promise<Line> {
    return new Promise((resolve, reject) => {
      const webSocket = new WebSocket(url, { rejectUnauthorized: false, perMessageDeflate: false })
      const line = new Line(webSocket)
      webSocket.once('open', () => resolve(line)).once('error', reject)
    })
  }

  /** Whether it was put on the wire. */
  send(frame: HostileFrame): boolean {
    const { webSocket } = this
    if (webSocket.readyState !== WebSocket.OPEN) return false
    if (frame.kind === 'text') webSocket.send(frame.text)
    else if (frame.kind === 'bytes') webSocket.send(frame.bytes, { binary: frame.binary })
    else {
      const size = Math.ceil(frame.text.length / frame.count)
      for (let part = 0; part < frame.count; part += 1) {
        webSocket.send(frame.text.slice(part * size, (part + 1) * size), { fin: part === frame.count - 1 })
      }
    }
    return true
  }

  /** The next answer of a type; undefined when the connection is closed before it. Throws {@link HungError}. */
  next(type: string, fits: (answer: Answer) => boolean = () => true): Promise<Answer | undefined> {
    if (this.isClosed) return Promise.resolve(undefined)
    const early = this.#early.find((answer) => answer['type'] === type && fits(answer))
    this.#early.length = 0
    if (early !== undefined) return Promise.resolve(early)
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new HungError(`no ${type} and no close`)), HUNG_AFTER_MS)
      this.#waiting = {
        type,
        fits,
        settle: (answer) => {
          clearTimeout(timer)
          this.#waiting = undefined
          resolve(answer)
        },
      }
    })
  }

  /** Takes nothing from the network until {@link readOn}. */
  stopReading(): void {
    this.webSocket.pause()
  }

  readOn(): void {
    this.webSocket.resume()
  }

  /** Sends a text so many times, and waits until the system has it. */
  async sendMany(text: string, count: number): Promise<void> {
    for (let sent = 1; sent < count; sent += 1) this.webSocket.send(text)
    await new Promise((resolve) => this.webSocket.send(text, resolve))
  }

  /** Waits for the end. */
  closed(): Promise<unknown> {
    return this.isClosed ? Promise.resolve() : new Promise((done) => this.webSocket.once('close', done))
  }

  async close(): Promise<void> {
    if (this.isClosed) return
    const closed = new Promise((resolve) => this.webSocket.once('close', resolve))
    this.webSocket.close()
    await closed
  }

  #received(frame: string): void {
    if (this.heads.length < 20) {
      const head = /"head":\{"version":(\d+),"hash":"([0-9a-f]{64})"/.exec(frame.slice(0, 2_000))
      if (head?.[2] !== undefined) this.heads.push({ version: Number(head[1]), hash: head[2] })
    }
    if (frame.startsWith('{"type":"opened"')) {
      const { pageId, head } = openedSchema.parse(JSON.parse(frame))
      this.opened.set(pageId, head)
    }
    const waiting = this.#waiting
    // Most of what comes is what the others do: only what is waited for is looked at.
    if (waiting === undefined ? this.#early.length > 3 : !frame.startsWith(`{"type":"${waiting.type}"`))
      return
    const answer = answerSchema.parse(JSON.parse(frame))
    if (waiting === undefined) this.#early.push(answer)
    else if (waiting.fits(answer)) waiting.settle(answer)
  }
}
