import { z } from 'zod'
import { ASSET_TYPES, type AssetType } from '../../shared/assets/assetType'
import { MAX_ASSET_BYTES } from '../../shared/assets/limits'
import {
  countSchema,
  hashSchema,
  pageIdSchema,
  pageKindSchema,
  roomTitleSchema,
  updateSchema,
} from '../../shared/protocol/values'

/** The table of contents of a room in a file; docs/BUNDLE.md describes the whole. */

/** What tells a room from any other zip. */
export const BUNDLE_KIND = 'inkroom-room'
/** Raised when older versions could not read what is written. */
export const BUNDLE_FORMAT = 1

export const MANIFEST_PATH = 'manifest.json'
export const contentPath = (pageId: string): string => `pages/${pageId}/content.txt`
export const updatesPath = (pageId: string): string => `pages/${pageId}/updates.jsonl`
export const assetPath = (assetId: string, type: AssetType): string =>
  `pictures/${assetId}.${type.slice('image/'.length)}`

/** What every version can say of a manifest, so that it can name one that is too new for it. */
export const manifestHeadSchema = z.object({
  kind: z.literal(BUNDLE_KIND),
  format: z.number().int().min(1),
})

const bundlePageSchema = z
  .object({
    id: pageIdSchema,
    kind: pageKindSchema,
    /** Version just before the first update in the file: 0 where the whole history is there. */
    start: z.object({ version: countSchema, hash: hashSchema }),
    /** Version of the content. */
    version: countSchema.min(1),
  })
  .refine(({ start, version }) => start.version <= version, 'a page does not end before it starts')
export type BundlePage = z.infer<typeof bundlePageSchema>

const bundleAssetSchema = z.object({
  id: hashSchema,
  type: z.enum(ASSET_TYPES),
  /** Bytes. */
  size: z.number().int().min(1).max(MAX_ASSET_BYTES),
})
export type BundleAsset = z.infer<typeof bundleAssetSchema>

const distinct = (items: readonly { readonly id: string }[]): boolean =>
  new Set(items.map(({ id }) => id)).size === items.length

export const manifestSchema = manifestHeadSchema.extend({
  format: z.literal(BUNDLE_FORMAT),
  title: roomTitleSchema,
  /** Milliseconds since 1970. */
  exportedAt: countSchema,
  /** The page list first, if the room ever had a page. */
  pages: z.array(bundlePageSchema).refine(distinct, 'a page is listed twice'),
  assets: z.array(bundleAssetSchema).refine(distinct, 'a picture is listed twice'),
})
export type Manifest = z.infer<typeof manifestSchema>

/** One line of a page's updates. */
export const updateLineSchema = updateSchema.extend({ version: countSchema.min(1) })
