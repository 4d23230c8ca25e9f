import type { IncomingMessage, ServerResponse } from 'node:http'
import { TLSSocket } from 'node:tls'
import { PROTOCOL_VERSION } from '../../shared/protocol/values'
import { isHostHeader } from './requestOrigin'
import { REFUSAL_HEADERS, securityHeaders } from './securityHeaders'
import type { StaticFile, StaticFiles } from './staticFiles'

/** Where the WebSocket is; `socketUrl` of src/shared/roomLink.ts makes its address. */
export const SOCKET_PATH = '/socket'

const ROOM_PATH = /^\/room\/[a-z2-7]{32}\/?$/

export interface Answers {
  readonly files: StaticFiles | undefined
  readonly health: () => { stopping: boolean; connections: number }
}

/** Path of a request as it was sent: undecoded and without the query. Undefined for the forms meant for proxies. */
export function pathOf(request: IncomingMessage): string | undefined {
  const path = request.url?.split(/[?#]/, 1)[0]
  return path?.startsWith('/') === true ? path : undefined
}

/** Refuses a request whose `Host` does not name this server: whoever sent it was led here by another name's owner. */
export function answerMisdirected(request: IncomingMessage, response: ServerResponse): void {
  setHeaders(response, { ...REFUSAL_HEADERS, Connection: 'close' })
  if (!isHostHeader(request.headers.host)) return answerText(response, 400, 'The Host header names no host.')
  return answerText(response, 421, 'This server is not called that. Use the address in the link.')
}

/** Sends whoever asks without encryption to the same place with it: both are at one port. The host is looked at before. */
export function redirectToEncrypted(request: IncomingMessage, response: ServerResponse): void {
  const { host = '' } = request.headers
  setHeaders(response, { ...REFUSAL_HEADERS, Connection: 'close' })
  const path = request.url?.startsWith('/') === true ? request.url : '/'
  // No Strict-Transport-Security: the person may allow plain browsers later, and addresses wander between machines.
  response.setHeader('Location', `https://${host}${path}`)
  answerText(response, 308, 'This host encrypts: use https.')
}

/** Answers an HTTP request whose host was looked at. */
export async function answerRequest(
  request: IncomingMessage,
  response: ServerResponse,
  answers: Answers,
): Promise<void> {
  const { host = '' } = request.headers
  setHeaders(response, securityHeaders(host, request.socket instanceof TLSSocket))

  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD')
    response.setHeader('Connection', 'close')
    return answerText(response, 405, 'This server answers GET and HEAD only.')
  }
  const path = pathOf(request)
  if (path === '/health') return answerHealth(response, answers.health())
  if (path === SOCKET_PATH) {
    response.setHeader('Upgrade', 'websocket')
    return answerText(response, 426, 'This is a WebSocket: connect with an Inkroom client.')
  }
  const isApp = path === '/' || (path !== undefined && ROOM_PATH.test(path))
  const file = path === undefined ? undefined : await answers.files?.find(isApp ? '/index.html' : path)
  if (file !== undefined) return answerFile(request, response, file)
  return answerText(
    response,
    404,
    isApp ? 'This server has no browser client. Join with the Inkroom app.' : 'There is nothing here.',
  )
}

function setHeaders(response: ServerResponse, headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
}

function answerHealth(
  response: ServerResponse,
  { stopping, connections }: ReturnType<Answers['health']>,
): void {
  response.writeHead(stopping ? 503 : 200, {
    'Content-Type': 'application/json',
    'Cache-Control': 'no-store',
  })
  response.end(
    JSON.stringify({ status: stopping ? 'stopping' : 'ok', protocol: PROTOCOL_VERSION, connections }),
  )
}

function answerFile(request: IncomingMessage, response: ServerResponse, file: StaticFile): void {
  const gzipped = acceptsGzip(request) ? file.gzipped : undefined
  const body = gzipped ?? file.body
  const tag = `"${file.tag}${gzipped === undefined ? '' : '-gz'}"`
  response.setHeader('Cache-Control', file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache')
  response.setHeader('ETag', tag)
  if (file.gzipped !== undefined) response.setHeader('Vary', 'Accept-Encoding')
  if (namesTag(request.headers['if-none-match'], tag)) {
    response.writeHead(304).end()
    return
  }
  if (gzipped !== undefined) response.setHeader('Content-Encoding', 'gzip')
  response.writeHead(200, { 'Content-Type': file.contentType, 'Content-Length': body.length })
  response.end(request.method === 'HEAD' ? undefined : body)
}

function acceptsGzip(request: IncomingMessage): boolean {
  const accepted = request.headers['accept-encoding']
  return (
    typeof accepted === 'string' &&
    /(?:^|[\s,])gzip(?:\s*;\s*q=(?:1|0?\.\d*[1-9]\d*)\S*)?\s*(?:,|$)/.test(accepted)
  )
}

/** Whether an `If-None-Match` header names a tag; weak and strong tags count alike (RFC 9110 section 13.1.2). */
function namesTag(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false
  return header.trim() === '*' || header.split(',').some((part) => part.trim().replace(/^W\//, '') === tag)
}

function answerText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' })
  response.end(`${text}\n`)
}
