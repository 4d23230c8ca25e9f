/** Stable codes of what can be wrong with a room in a file. */
export const BUNDLE_ERRORS = {
  'bundle-unreadable': 'The file cannot be read.',
  'bundle-unwritable': 'The file cannot be written.',
  'bundle-foreign': 'The file is no Inkroom room.',
  'bundle-too-new': 'The file was written by a newer version of Inkroom.',
  'bundle-damaged': 'The file is damaged.',
  'bundle-too-large': 'The file holds more than a room may have.',
  'bundle-cancelled': 'It was cancelled.',
} as const
export type BundleErrorCode = keyof typeof BUNDLE_ERRORS

/** Why a room was not written to or read from a file. The message is English and names the part that is wrong. */
export class BundleError extends Error {
  override readonly name = 'BundleError'
  constructor(
    readonly code: BundleErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}
