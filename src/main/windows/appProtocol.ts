import { protocol, type Session } from 'electron'
import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { systemCodeOf } from '../../server/startError'
import { APP_SCHEME, filePathOf } from './appAddress'
import { CONTENT_POLICY } from './contentPolicy'

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
}

/** Has to be called before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: APP_SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ])
}

/** Serves the folder of the built renderer. */
export function serveAppScheme(session: Session, folder: string): void {
  session.protocol.handle(APP_SCHEME, (request) => respond(request, folder))
}

async function respond(request: Request, folder: string): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return new Response(undefined, { status: 405 })
  const path = filePathOf(request.url, folder)
  const contentType = path === undefined ? undefined : CONTENT_TYPES[extname(path)]
  if (path === undefined || contentType === undefined) return new Response(undefined, { status: 404 })
  try {
    return new Response(await readFile(path), {
      headers: {
        'content-type': contentType,
        'content-security-policy': CONTENT_POLICY,
        'x-content-type-options': 'nosniff',
        'cross-origin-opener-policy': 'same-origin',
      },
    })
  } catch (error) {
    if (systemCodeOf(error) === undefined) throw error
    return new Response(undefined, { status: 404 })
  }
}
