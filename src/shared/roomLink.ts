import {
  fingerprintSchema,
  MAX_TOKEN_ORIGINS,
  originSchema,
  readInviteToken,
  type InviteClaims,
} from './access/inviteToken'

/**
 * Where a room is met, as one line of text: `https://HOST:PORT/room/ROOMID`, which a browser opens and gets the app, or
 * `inkroom://HOST:PORT/room/ROOMID`, which opens the app. Behind `#` stands what the network must not see:
 * `invite=TOKEN`, or for a room that was found or joined without one `fp=FINGERPRINT` and further origins as `at=ORIGIN`.
 * With a token everything but the room's id comes from the token.
 */
export interface RoomLink {
  readonly roomId: string
  /** `https://HOST:PORT` of the host, the best address first. */
  readonly origins: readonly [string, ...string[]]
  /** SHA-256 of the host's certificate, base64url: what the app trusts instead of the system's authorities. */
  readonly fingerprint?: string | undefined
  /** A token, with what it says. */
  readonly invite?: { readonly token: string; readonly claims: InviteClaims } | undefined
}

/** Longest text that is looked at. */
const MAX_LINK_LENGTH = 8_192

/** Undefined where the text is no room link, or its invite is none of that room. Blanks around it are allowed. */
export function parseRoomLink(text: string): RoomLink | undefined {
  const trimmed = text.trim()
  if (trimmed.length > MAX_LINK_LENGTH) return undefined
  // Addresses of schemes that browsers do not know have no origin.
  const web = trimmed.replace(/^inkroom:/i, 'https:')
  if (!URL.canParse(web)) return undefined
  const url = new URL(web)
  const roomId = /^\/room\/([a-z2-7]{32})\/?$/.exec(url.pathname)?.[1]
  if (roomId === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:')) return undefined
  if (url.username !== '' || url.password !== '') return undefined
  const fragment = new URLSearchParams(url.hash.slice(1))
  const token = fragment.get('invite')
  if (token !== null) return inviteLinkOf(roomId, url.origin, token)
  const fingerprint = fingerprintSchema.safeParse(fragment.get('fp'))
  return {
    roomId,
    origins: [url.origin, ...originsOf(fragment).filter((origin) => origin !== url.origin)],
    ...(fingerprint.success && { fingerprint: fingerprint.data }),
  }
}

/**
 * The link as text for browsers of guests, by the first of its origins or another. `plain`: they come in without
 * encryption.
 */
export function webLinkOf(link: RoomLink, plain: boolean, origin = link.origins[0]): string {
  const others = link.origins.filter((each) => each !== origin)
  const secure = formatRoomLink({ ...link, origins: [origin, ...others] })
  return plain ? secure.replace(/^https:/, 'http:') : secure
}

/** The link as text for browsers (`https:`) or, with `scheme`, for the app. */
export function formatRoomLink(link: RoomLink, scheme: 'web' | 'inkroom' = 'web'): string {
  const [origin, ...others] = link.origins
  const fragment = new URLSearchParams()
  if (link.invite !== undefined) fragment.set('invite', link.invite.token)
  else {
    if (link.fingerprint !== undefined) fragment.set('fp', link.fingerprint)
    for (const other of others) fragment.append('at', other)
  }
  const place = scheme === 'web' ? origin : origin.replace(/^https?:/, 'inkroom:')
  const hash = fragment.toString()
  return `${place}/room/${link.roomId}${hash === '' ? '' : `#${hash}`}`
}

/** The link that a token makes. Undefined where the token is none. */
export function roomLinkOfToken(token: string): RoomLink | undefined {
  const claims = readInviteToken(token)
  const [first, ...others] = claims?.at ?? []
  if (claims === undefined || first === undefined) return undefined
  return {
    roomId: claims.iss,
    origins: [first, ...others],
    ...(claims.fp !== undefined && { fingerprint: claims.fp }),
    invite: { token, claims },
  }
}

/** Addresses of the WebSocket of a room's host, best first. */
export function socketUrls(origins: readonly string[]): string[] {
  return origins.map((origin) => `${origin.replace(/^http/, 'ws')}/socket`)
}

function inviteLinkOf(roomId: string, origin: string, token: string): RoomLink | undefined {
  const link = roomLinkOfToken(token)
  if (link?.roomId !== roomId) return undefined
  // The address that somebody typed or opened comes along: the host may have got it after the token was made.
  if (link.origins.includes(origin) || origin.startsWith('http:')) return link
  return { ...link, origins: [...link.origins, origin] }
}

function originsOf(fragment: URLSearchParams): string[] {
  return fragment
    .getAll('at')
    .filter((text) => originSchema.safeParse(text).success)
    .slice(0, MAX_TOKEN_ORIGINS)
}
