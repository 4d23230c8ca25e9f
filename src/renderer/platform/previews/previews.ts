import { z } from 'zod'
import { MAX_COORDINATE, MAX_SIZE } from '../../../shared/board/limits'
import { inspectAsset } from '../../../shared/assets/inspectAsset'
import type { Box } from '../../../shared/board/shape'

/** Pixels of a preview's longer side. 2048: twice what is taken, and 16 MB once decoded at most. */
export const MAX_PREVIEW_SIDE = 2048
/** Bytes of one preview. 2 MiB: a crowded board of ten thousand shapes has a tenth of it. */
export const MAX_PREVIEW_BYTES = 2 * 1024 * 1024
/** Previews a device keeps. 40: the boards somebody works with, in 80 MiB at the very most. */
export const MAX_PREVIEWS = 40

/** Which picture: of one board, in one theme. */
export interface PreviewKey {
  readonly roomId: string
  readonly pageId: string
  readonly theme: 'light' | 'dark'
}

/** A small picture of a whole board. */
export interface Preview {
  /** What of the board it shows, in board units. */
  readonly bounds: Box
  /** A WebP or PNG picture. */
  readonly bytes: Uint8Array
  /** Names what it shows: another picture with the same mark would be the same. Undefined where that cannot be said. */
  readonly mark?: string | undefined
}

/**
 * Pictures of boards, shown until the boards themselves are there. A device can do without: nothing here ever throws,
 * and what cannot be kept or read is not there.
 */
export interface Previews {
  /** Makes ready, so that the first board that is opened need not wait for it. */
  prepare(): void
  /** Counts as a use. */
  get(key: PreviewKey): Promise<Preview | undefined>
  /** Keeps a picture instead of the one before. Above {@link MAX_PREVIEWS} those used longest ago go. */
  put(key: PreviewKey, preview: Preview): Promise<void>
  /** Forgets a board's pictures. */
  forgetPage(roomId: string, pageId: string): Promise<void>
  forgetRoom(roomId: string): Promise<void>
}

const coordinateSchema = z
  .number()
  .min(-2 * MAX_COORDINATE)
  .max(2 * MAX_COORDINATE)
/** Shapes may lie anywhere, and each reaches as far beyond as it is large. */
const lengthSchema = z
  .number()
  .positive()
  .max(2 * (MAX_COORDINATE + MAX_SIZE))

/** A mark is a version and a language. */
const MAX_MARK_LENGTH = 32

const previewSchema: z.ZodType<Preview> = z.object({
  bounds: z.object({ x: coordinateSchema, y: coordinateSchema, width: lengthSchema, height: lengthSchema }),
  bytes: z.custom<Uint8Array>(isPreviewPicture),
  mark: z.string().max(MAX_MARK_LENGTH).optional(),
})

/** What was kept, if it is a preview. Its picture is safe to decode. */
export function parsePreview(stored: unknown): Preview | undefined {
  return previewSchema.safeParse(stored).data
}

function isPreviewPicture(value: unknown): boolean {
  if (Object.prototype.toString.call(value) !== '[object Uint8Array]') return false
  const bytes = value as Uint8Array
  if (bytes.length > MAX_PREVIEW_BYTES) return false
  try {
    const { mimeType, width, height } = inspectAsset(bytes)
    return (
      (mimeType === 'image/webp' || mimeType === 'image/png') && Math.max(width, height) <= MAX_PREVIEW_SIDE
    )
  } catch {
    // It says what is wrong with a picture; here it is just none.
    return false
  }
}
