/** Something the platform could not do. `code` is stable; what a person reads for it is in the translations. */
export class PlatformError extends Error {
  override readonly name = 'PlatformError'
  constructor(
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}
