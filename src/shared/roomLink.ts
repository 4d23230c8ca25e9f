/**
 * A room link is `http://HOST:PORT/room/ROOMID` (https likewise): a browser opens it and gets the app, the app
 * takes it pasted. The WebSocket is at `/socket` of the same host.
 */
export interface RoomLink {
  readonly roomId: string
  /** `http://HOST:PORT`, without a slash at the end. */
  readonly origin: string
}

/** Undefined where the text is no room link. Blanks around it are allowed. */
export function parseRoomLink(text: string): RoomLink | undefined {
  let url: URL
  try {
    url = new URL(text.trim())
  } catch {
    return undefined
  }
  const match = /^\/room\/([a-z2-7]{32})\/?$/.exec(url.pathname)
  if (match?.[1] === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:')) return undefined
  return { roomId: match[1], origin: url.origin }
}

export function formatRoomLink(link: RoomLink): string {
  return `${link.origin}/room/${link.roomId}`
}

/** Address of the WebSocket of the server at an origin. */
export function socketUrl(origin: string): string {
  return `${origin.replace(/^http/, 'ws')}/socket`
}
