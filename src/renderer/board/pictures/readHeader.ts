import { assetTypeOf, inspectAsset } from '../../../shared/assets/inspectAsset'
import { MAX_ASSET_BYTES } from '../../../shared/assets/limits'
import type { ReadHeader } from './preparePicture'

/** Reads the headers of the kinds of pictures that rooms store. Larger files than they store are read too. */
export const readHeader: ReadHeader = (bytes) =>
  assetTypeOf(bytes) === undefined ? undefined : inspectAsset(bytes.subarray(0, MAX_ASSET_BYTES))
