import type { BundleErrorCode } from '../../shared/roomFile'

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
