import { isIP } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { WebSocket, type ClientOptions } from 'ws'
import { closeCodeOf } from '../../shared/protocol/errors'
import { certificateFingerprint } from '../../server/nodeCrypto'
import { audienceOfConnection, type Audience } from '../../shared/identity/audience'
import type { HostAddress } from '../../shared/socket'

/** What one is told of a host that is being dialled. Exactly one of the two comes, once. */
export interface DialListener {
  /**
   * The open WebSocket. It belongs to the caller now, who has to listen for its `error`, too. `audience`: whom a login over
   * it is meant for.
   */
  opened(webSocket: WebSocket, audience: Audience): void
  /** No address led to the host: the close code and reason to report. */
  failed(code: number, reason: string): void
}

export interface DialOptions {
  /** Milliseconds until the next address is tried while those before have not answered. */
  readonly staggerMs?: number
  /** Milliseconds an address has to answer: connection, certificate and WebSocket together. */
  readonly timeoutMs?: number
  /** Bytes of the longest frame taken. */
  readonly maxPayload: number
}

/** Long enough for an answer on a local network, so that a host seldom sees more than one attempt. */
const STAGGER_MS = 100
const TIMEOUT_MS = 10_000

/** Close code for what did not connect, as in browsers. */
const ABNORMAL = 1006

/**
 * Connects to a host over whichever of its addresses answers first ("happy eyeballs", RFC 8305): the best at once, the
 * others shortly after one another, or at once when those before have failed. With a fingerprint only a connection whose
 * certificate has it counts, and that is looked at before anything is sent; addresses without encryption are not even
 * tried then. Without one the system's authorities decide. Returns how to give up, after which nothing is told.
 */
export function dialHost(host: HostAddress, listener: DialListener, options: DialOptions): () => void {
  const { staggerMs = STAGGER_MS } = options
  const { fingerprint } = host
  const refused = host.urls.map((url) => refusalOf(url, fingerprint !== undefined))
  const waiting = host.urls.filter((_, index) => refused[index] === undefined)
  const attempts = new Set<Attempt>()
  let timer: NodeJS.Timeout | undefined
  let done = false
  let failure = refused.find((reason) => reason !== undefined) ?? NO_ADDRESS

  const end = (): void => {
    done = true
    clearTimeout(timer)
    for (const attempt of attempts) attempt.cancel()
    attempts.clear()
  }
  const next = (): void => {
    clearTimeout(timer)
    const url = waiting.shift()
    if (url === undefined) {
      if (attempts.size > 0) return
      end()
      return listener.failed(failure.code, failure.reason)
    }
    const attempt: Attempt = startAttempt(url, fingerprint, options, {
      opened(webSocket) {
        attempts.delete(attempt)
        end()
        listener.opened(webSocket, audienceOfConnection(url, fingerprint))
      },
      failed(code, reason) {
        attempts.delete(attempt)
        // That somebody else answers there is worth more to know than that nobody does.
        if (failure.code !== MISMATCH) failure = { code, reason }
        if (!done) next()
      },
    })
    attempts.add(attempt)
    if (waiting.length > 0) timer = setTimeout(next, staggerMs)
  }
  // The caller has what this returns before it is told anything.
  timer = setTimeout(next, 0)
  return end
}

interface Failure {
  readonly code: number
  readonly reason: string
}

const MISMATCH = closeCodeOf('certificate-mismatch') ?? ABNORMAL
const NO_ADDRESS: Failure = { code: ABNORMAL, reason: 'no address' }

/** Why an address is not tried. */
function refusalOf(url: string, pinned: boolean): Failure | undefined {
  if (!URL.canParse(url)) return { code: ABNORMAL, reason: 'not an address' }
  const { protocol, username, password, hash } = new URL(url)
  if (protocol !== 'ws:' && protocol !== 'wss:') return { code: ABNORMAL, reason: 'not a WebSocket address' }
  if (hash !== '') return { code: ABNORMAL, reason: 'an address with a fragment' }
  if (username !== '' || password !== '') return { code: ABNORMAL, reason: 'an address with a password' }
  if (pinned && protocol === 'ws:') return { code: MISMATCH, reason: 'an address without encryption' }
  return undefined
}

type AttemptListener = Pick<DialListener, 'failed'> & { opened(webSocket: WebSocket): void }

interface Attempt {
  cancel(): void
}

/** Tries one address. `listener` is told nothing after `cancel`. */
function startAttempt(
  url: string,
  fingerprint: string | undefined,
  { maxPayload, timeoutMs = TIMEOUT_MS }: DialOptions,
  listener: AttemptListener,
): Attempt {
  let settled = false
  let tls: TLSSocket | undefined
  let webSocket: WebSocket | undefined
  const settle = (tell: () => void): void => {
    if (settled) return
    settled = true
    clearTimeout(deadline)
    tell()
  }
  const drop = (): void => {
    tls?.destroy()
    webSocket?.terminate()
  }
  const fail = (code: number, reason: string): void =>
    settle(() => {
      drop()
      listener.failed(code, reason)
    })
  const deadline = setTimeout(() => fail(ABNORMAL, 'no answer in time'), timeoutMs)

  const upgrade = (options: ClientOptions): void => {
    webSocket = new WebSocket(url, {
      maxPayload,
      // Frames are small or already dense; compressing them costs more time than it saves on a local network.
      perMessageDeflate: false,
      followRedirects: false,
      ...options,
    })
    const opened = webSocket
    opened.on('error', (error) => fail(ABNORMAL, error.message))
    opened.on('close', (code, reason) => fail(code, reason.toString()))
    opened.on('open', () => settle(() => listener.opened(opened)))
  }
  const { protocol, hostname, port } = new URL(url)
  if (protocol === 'ws:') upgrade({})
  else {
    const host = hostname.replace(/^\[|\]$/g, '')
    const secured = connectTls({
      host,
      port: port === '' ? 443 : Number(port),
      // A name for the certificate to choose by; addresses are none (RFC 6066 section 3).
      ...(isIP(host) === 0 && { servername: host }),
      // A pinned certificate is its own authority, whatever it says about names and dates.
      rejectUnauthorized: fingerprint === undefined,
      ALPNProtocols: ['http/1.1'],
    })
    tls = secured
    secured.on('error', (error) => fail(ABNORMAL, error.message))
    secured.on('close', () => fail(ABNORMAL, 'closed before it was encrypted'))
    secured.once('secureConnect', () => {
      if (settled) return
      if (fingerprint !== undefined && fingerprintOf(secured) !== fingerprint)
        return fail(MISMATCH, 'another certificate than the one that was named')
      upgrade({ createConnection: () => secured })
    })
  }
  return { cancel: () => settle(drop) }
}

/** SHA-256 of the certificate of whoever is at the other end, base64url. */
export function fingerprintOf(socket: TLSSocket): string | undefined {
  const certificate = socket.getPeerX509Certificate()
  return certificate === undefined ? undefined : certificateFingerprint(certificate)
}
