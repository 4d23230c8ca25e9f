import { createHash } from 'node:crypto'
import { AssetError } from '../../shared/assets/assetError'
import { inspectAsset } from '../../shared/assets/inspectAsset'
import { pieceCountOf } from '../../shared/assets/limits'
import type { ErrorCode } from '../../shared/protocol/errors'

/** Why something is refused. */
export interface Refusal {
  readonly code: ErrorCode
  readonly detail: string
}

export interface UploadToCheck {
  readonly assetId: string
  /** Bytes. */
  readonly size: number
  readonly readPiece: (index: number) => Promise<Uint8Array | undefined>
  /** Lets other work go on. */
  readonly pause: () => Promise<void>
}

/**
 * Whether what was uploaded is the picture it was offered as; undefined: it is. Reads back what is stored, so that it
 * holds also after a restart. Holds the whole picture in memory: not to be called for many at once.
 */
export async function checkUpload(upload: UploadToCheck): Promise<Refusal | undefined> {
  const { assetId, size, readPiece, pause } = upload
  const bytes = new Uint8Array(size)
  const hash = createHash('sha256')
  let at = 0
  for (let index = 0; index < pieceCountOf(size); index++) {
    const piece = await readPiece(index)
    if (piece === undefined || at + piece.length > size) return damaged(`piece ${index} is not as it came`)
    bytes.set(piece, at)
    hash.update(piece)
    at += piece.length
    await pause()
  }
  if (at !== size || hash.digest('hex') !== assetId) return damaged('the bytes have another hash')
  try {
    inspectAsset(bytes)
    return undefined
  } catch (error) {
    if (!(error instanceof AssetError)) throw error
    return { code: error.code, detail: error.message }
  }
}

function damaged(detail: string): Refusal {
  return { code: 'asset-damaged', detail }
}
