import { createHash } from 'node:crypto'
import { AssetError } from '../../shared/assets/assetError'
import { inspectAsset } from '../../shared/assets/inspectAsset'
import { MAX_ASSET_BYTES, pieceCountOf, pieceOf } from '../../shared/assets/limits'
import type { RecordsSnapshot } from '../../shared/ot/records'
import { findPage } from '../../shared/pages'
import { PAGE_LIST_ID } from '../../shared/protocol/values'
import type { ServerLimits } from '../core/serverLimits'
import type { StoredRoom } from '../storage/roomStore'
import { BundleError } from './bundleError'
import type { BundleLimits } from './bundleLimits'
import { damaged, type BundleReader } from './bundleReader'
import { importPage, type ImportTools } from './importPage'
import {
  assetPath,
  BUNDLE_FORMAT,
  contentPath,
  MANIFEST_PATH,
  manifestHeadSchema,
  manifestSchema,
  updatesPath,
  type BundleAsset,
  type Manifest,
} from './manifest'

/** Reads and checks the table of contents. Throws BundleError. */
export async function readManifest(
  reader: BundleReader,
  limits: ServerLimits,
  { maxManifestBytes }: BundleLimits,
): Promise<Manifest> {
  if (!reader.has(MANIFEST_PATH)) throw new BundleError('bundle-foreign', `it has no ${MANIFEST_PATH}`)
  const value = parseJson(await reader.readText(MANIFEST_PATH, maxManifestBytes))
  const head = manifestHeadSchema.safeParse(value)
  if (!head.success) throw new BundleError('bundle-foreign', `its ${MANIFEST_PATH} is not of an Inkroom room`)
  if (head.data.format > BUNDLE_FORMAT)
    throw new BundleError(
      'bundle-too-new',
      `it has format ${head.data.format}, this version reads ${BUNDLE_FORMAT}`,
    )
  const parsed = manifestSchema.safeParse(value)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw damaged(`${MANIFEST_PATH}: ${issue?.path.map(String).join('.')} ${issue?.message}`)
  }
  checkAssets(parsed.data.assets, limits)
  return parsed.data
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw damaged(`${MANIFEST_PATH} is not JSON`, error)
  }
}

function checkAssets(assets: readonly BundleAsset[], limits: ServerLimits): void {
  const { maxAssetsPerRoom, maxAssetBytesPerRoom } = limits
  const bytes = assets.reduce((sum, { size }) => sum + size, 0)
  if (assets.length > maxAssetsPerRoom || bytes > maxAssetBytesPerRoom)
    throw new BundleError('bundle-too-large', `it has ${assets.length} pictures with ${bytes} bytes`)
}

/** How much there is to read, in bytes. */
export function amountOf({ pages, assets }: Manifest, reader: BundleReader): number {
  const paths = pages.flatMap(({ id }) => [updatesPath(id)])
  return (
    paths.reduce((sum, path) => sum + reader.sizeOf(path), 0) +
    assets.reduce((sum, { size }) => sum + size, 0)
  )
}

/** Puts what a file holds into a room that is there for nobody yet. Throws BundleError and StoreError. */
export async function fillRoom(
  room: StoredRoom,
  { pages, assets }: Manifest,
  tools: ImportTools,
): Promise<void> {
  const [list, ...others] = pages
  if (list !== undefined) {
    if (list.id !== PAGE_LIST_ID || list.kind !== 'records')
      throw damaged(`${MANIFEST_PATH}: the page list does not come first`)
    const listed = (await importPage(room, list, tools)) as RecordsSnapshot
    for (const page of others) {
      if (findPage(listed, page.id)?.kind !== page.kind)
        throw damaged(`${contentPath(page.id)}: the page list has no such page of this kind`)
      await importPage(room, page, tools)
      await tools.pause()
    }
  }
  for (const asset of assets) await importAsset(room, asset, tools)
}

async function importAsset(room: StoredRoom, asset: BundleAsset, tools: ImportTools): Promise<void> {
  const { reader, store, now, progress, pause } = tools
  const path = assetPath(asset.id, asset.type)
  const bytes = await reader.read(path, MAX_ASSET_BYTES)
  checkAsset(asset, path, bytes)
  const key = { assetId: asset.id, deviceId: room.owner }
  const time = now()
  await store.assets.beginUpload(room.roomId, { ...key, size: asset.size, time })
  for (let index = 0; index < pieceCountOf(asset.size); index++) {
    const piece = pieceOf(bytes, index)
    await store.assets.appendPiece(room.roomId, key, index, piece, time)
    progress.add(piece.length)
    await pause()
  }
  await store.assets.finishUpload(room.roomId, key, time)
}

/** Throws BundleError `bundle-damaged` where the bytes are not the picture that is listed. */
function checkAsset({ id, type, size }: BundleAsset, path: string, bytes: Uint8Array): void {
  if (bytes.length !== size || createHash('sha256').update(bytes).digest('hex') !== id)
    throw damaged(`${path} is another picture than the one listed`)
  try {
    if (inspectAsset(bytes).mimeType !== type) throw damaged(`${path} is no ${type}`)
  } catch (error) {
    if (error instanceof AssetError) throw damaged(`${path}: ${error.message}`, error)
    throw error
  }
}
