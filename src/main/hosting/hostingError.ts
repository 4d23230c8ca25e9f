import type { FailureCode } from './messages'

/** Why hosting on this machine does not work, with its stable code. */
export class HostingError extends Error {
  override readonly name = 'HostingError'
  constructor(
    readonly code: FailureCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}
