import type { HostingErrorCode } from '../../shared/ipc/hosting'

/** Why hosting on this machine does not work, with its stable code. */
export class HostingError extends Error {
  override readonly name = 'HostingError'
  constructor(
    readonly code: HostingErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}
