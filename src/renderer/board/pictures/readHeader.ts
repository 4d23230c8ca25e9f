import { assetTypeOf, inspectAsset } from '../../../shared/assets/inspectAsset'
import { MAX_ASSET_BYTES } from '../../../shared/assets/limits'
import { withoutMetadata } from '../../../shared/assets/metadata'
import type { ReadHeader } from './preparePicture'

/** Reads the headers of the kinds of pictures that rooms store. Larger files than they store are read too. */
export const readHeader: ReadHeader = (bytes) => {
  const type = assetTypeOf(bytes)
  if (type === undefined) return undefined
  return { ...inspectAsset(bytes.subarray(0, MAX_ASSET_BYTES)), clean: () => withoutMetadata(bytes, type) }
}
