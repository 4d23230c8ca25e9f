import type { AssetClient } from '../../../client/api'
import { codeOf } from '../../app/codeOf'
import { labelFromName, type PictureToPlace } from './placePictures'
import type { PreparedPicture } from './preparePicture'

/** A file that is no picture of the room now. */
export interface RefusedFile {
  readonly name: string
  /** Why, as people are told it. */
  readonly code: string
}

export interface AddedPictures {
  readonly pictures: readonly PictureToPlace[]
  readonly refused: readonly RefusedFile[]
}

/**
 * Makes files pictures of the room, one after the other, as each takes the memory of all its pixels. One that is
 * refused does not keep the others out. `onNext` is told which one, from 1, comes next.
 */
export async function addPictures(
  files: readonly File[],
  assets: AssetClient,
  prepare: (file: File) => Promise<PreparedPicture>,
  onNext: (n: number) => void,
): Promise<AddedPictures> {
  const pictures: PictureToPlace[] = []
  const refused: RefusedFile[] = []
  for (const [index, file] of files.entries()) {
    onNext(index + 1)
    try {
      const { bytes, width, height } = await prepare(file)
      const assetId = await assets.add(bytes)
      pictures.push({ assetId, width, height, label: labelFromName(file.name) })
    } catch (error) {
      refused.push({ name: file.name, code: codeOf(error) })
    }
  }
  return { pictures, refused }
}
