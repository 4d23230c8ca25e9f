import type { PreviewKey, Previews } from '../../platform/previews/previews'
import type { BoardPreview } from './boardPreview'

/** The picture kept of a board, decoded; undefined where there is none. Never rejects. */
export async function openPreview(previews: Previews, key: PreviewKey): Promise<BoardPreview | undefined> {
  const kept = await previews.get(key)
  if (kept === undefined) return undefined
  try {
    const { bounds, bytes, mark } = kept
    return { picture: await createImageBitmap(new Blob([new Uint8Array(bytes)])), bounds, mark }
  } catch {
    // Damaged behind its header: as if it were not there.
    return undefined
  }
}
