/**
 * Why a room server could not start. The codes are stable: scripts read them from the CLI's log line, the desktop
 * app shows a translated sentence for each.
 */
export const START_ERRORS = {
  'port-in-use': 'Another program listens on the port already.',
  'port-refused': 'The system does not let this user listen on the port (ports below 1024, for example).',
  'address-unavailable': 'This machine does not have the address to listen on.',
  'data-unwritable': 'The data folder cannot be created or written.',
  'token-file-unreadable': 'The file with the creation token cannot be read, or holds no usable token.',
  'certificate-unusable':
    'The certificate or its private key cannot be read, or they do not belong together.',
  'database-corrupt': 'The database is damaged or is no Inkroom database.',
  'database-too-new': 'The database was written by a newer version of Inkroom.',
  'database-locked': 'Another room server uses the database.',
  'start-failed': 'Something else went wrong.',
} as const

export type StartErrorCode = keyof typeof START_ERRORS

/** A failed start with its stable code. The message is one English sentence that says what to do. */
export class StartError extends Error {
  override readonly name = 'StartError'
  constructor(
    readonly code: StartErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

/** The code of a system error such as `ENOENT`, undefined for any other value. */
export function systemCodeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
