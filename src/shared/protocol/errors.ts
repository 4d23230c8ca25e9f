/**
 * Every error the server or the app can name, in one place. A code never changes its meaning once released.
 * `closes` is the WebSocket close code where the error ends the connection; without it the connection goes on.
 * What a person reads for each code is in the renderer's translations.
 */
export const ERRORS = {
  // The connection
  'message-malformed': {
    closes: 4400,
    means: 'A message is not JSON, has an unknown type or a wrong field.',
  },
  'name-too-long': { means: 'A name of a person or a title of a room is longer than allowed.' },
  'frame-too-large': { closes: 1009, means: 'A frame is longer than the limit in `greeting`.' },
  'protocol-unsupported': { closes: 4406, means: 'Client and server have no protocol version in common.' },
  'login-failed': {
    closes: 4401,
    means: 'The login is meant for another server, or its signature does not prove the device key.',
  },
  'login-timeout': { closes: 4408, means: 'No valid login within the time allowed.' },
  'join-timeout': { closes: 4411, means: 'Logged in, and in no room within the time allowed.' },
  'not-answered': { closes: 4412, means: 'Nobody has let this device in within the time allowed.' },
  'out-of-turn': {
    closes: 4409,
    means: 'A message came in a state that does not allow it, such as a submit before a join.',
  },
  replaced: { closes: 4410, means: 'The same window logged in again on a newer connection.' },
  'too-many-connections': { closes: 4429, means: 'The server has as many connections as its limit allows.' },
  'rate-limited': {
    closes: 4430,
    means: 'The session sends more messages or bytes than its limits allow.',
  },
  'not-reading': {
    closes: 4431,
    means: 'The client does not read what it is sent, and more waits for it than the server keeps.',
  },
  'encryption-needed': { closes: 4426, means: 'The host takes no connections without encryption any more.' },
  'certificate-mismatch': {
    closes: 4495,
    means: 'The certificate of the connection is not the one that the invite, or the room, names.',
  },
  'server-stopping': { closes: 1012, means: 'The server is stopping; the client may come back.' },
  'host-asleep': {
    closes: 4503,
    means: "The host's computer goes to sleep; the client may come back when it is awake.",
  },
  internal: { closes: 1011, means: 'The server met an error of its own. Nothing acknowledged is lost.' },
  // Rooms
  'room-unknown': { means: 'There is no such room here.' },
  'room-closed': { means: 'The owner has closed the room.' },
  'room-creation-refused': { means: 'This server does not let this client create rooms.' },
  'room-full': { means: 'The room has as many sessions, members or people waiting as its limits allow.' },
  'room-unproven': { means: "The server has not proven that it holds the room's key." },
  'too-many-rooms': { means: 'The server has as many rooms as its limit allows.' },
  'not-allowed': { means: 'The role of this session does not allow it.' },
  'invite-needed': { means: 'Only people with an invite come into this room.' },
  'invite-invalid': { means: 'The invite is none of this room.' },
  'invite-expired': { means: 'The time of the invite is over.' },
  'invite-used-up': { means: 'As many devices as the invite is for have come by it.' },
  'invite-revoked': { means: 'The invite was taken back.' },
  banned: { means: 'An owner has banned this device from the room.' },
  removed: { means: 'An owner has taken this device out of the room.' },
  'not-admitted': { means: 'An owner has not let this device in.' },
  'member-unknown': { means: 'The room has no such member.' },
  'last-owner': { means: 'It would leave the room without an owner.' },
  'access-full': {
    means: 'The room has as many invites, devices of a person or roles on pages as its limits allow.',
  },
  // Pages
  'page-unknown': { means: 'The page list of the room has no such page.' },
  'page-unsupported': { means: 'The page is of a kind this side does not know.' },
  'page-too-large': { means: 'The page would grow beyond its limit.' },
  'too-many-pages': { means: 'The room has as many pages as its limit allows.' },
  'op-malformed': { means: "The op is not one of the page's document type." },
  'op-unfit': { means: 'The op does not fit the document it was made for.' },
  'op-too-large': { means: 'The op is longer than the limit in `greeting`.' },
  'too-many-shapes': { means: 'The board has as many shapes as its limit allows.' },
  'stroke-too-long': { means: 'A stroke would have more points than one shape may have.' },
  'label-too-long': { means: 'A label would be longer than one shape may have.' },
  'number-out-of-range': { means: 'A coordinate or a size is outside of what a board allows.' },
  'asset-too-large': { means: 'A picture has more bytes than is allowed.' },
  'asset-not-an-image': {
    means: 'The bytes are no PNG, JPEG, GIF or WebP picture, or its start is damaged.',
  },
  'asset-too-many-pixels': { means: 'A picture has more pixels, or a longer side, than is allowed.' },
  'asset-damaged': { means: 'The bytes that came are not those of the picture that was named.' },
  'too-many-assets': { means: 'The room has as many pictures, or bytes of them, as its limits allow.' },
  'too-many-uploads': { means: 'As many unfinished pictures as the limit allows are there; offer it later.' },
  'upload-unknown': { means: 'No such picture is being uploaded any more; offer it again.' },
  'client-taken': { means: 'The client id belongs to another device.' },
  'update-conflict': { means: 'The same client id and seq were committed with other content.' },
  'history-unproven': { means: 'History handed back is not signed by the room or does not join on.' },
  'storage-failed': {
    means:
      'The server could not store the change (disk full, for example), or could not read the page. Nothing was committed.',
  },
} as const satisfies Record<string, { closes?: number; means: string }>

export type ErrorCode = keyof typeof ERRORS

export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(ERRORS, text)
}

/** The close code of an error that ends the connection. */
export function closeCodeOf(code: ErrorCode): number | undefined {
  const entry = ERRORS[code]
  return 'closes' in entry ? entry.closes : undefined
}

/** The error that a close code stands for, undefined where it is none of the protocol's. */
export function errorOfCloseCode(closeCode: number): ErrorCode | undefined {
  return Object.keys(ERRORS).find(
    (code): code is ErrorCode => isErrorCode(code) && closeCodeOf(code) === closeCode,
  )
}

/** An error with a stable code. `detail` is English, for logs and developers, never shown alone to a person. */
export class InkroomError extends Error {
  override readonly name = 'InkroomError'
  constructor(
    readonly code: ErrorCode,
    readonly detail: string,
  ) {
    super(`${code}: ${detail}`)
  }
}
