/** Why a picture is not taken. Codes of the protocol's list of errors. */
export type AssetErrorCode =
  | 'asset-too-large'
  | 'asset-not-an-image'
  | 'asset-too-many-pixels'
  | 'storage-failed'

/** A picture that is refused. `message` is English, for developers. */
export class AssetError extends Error {
  override readonly name = 'AssetError'
  constructor(
    readonly code: AssetErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}
