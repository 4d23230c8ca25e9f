import type { Environment } from '../environment'
import { turn } from './trimLog'

/** An id of a picture as it stands in the JSON of contents and ops. */
const NAMED = /"([0-9a-f]{64})"/g

/**
 * Forgets pictures of a room that were stored long ago and that no board names, in its content or in what of it is
 * deleted and not purged yet. Boards are read from the store, one after another and without loading them. Who still has
 * such a picture and puts it on a board gives it again when others seek it.
 */
export async function collectAssets(
  roomId: string,
  {
    store,
    limits,
    clock,
    defer,
    logger,
  }: Pick<Environment, 'store' | 'limits' | 'clock' | 'defer' | 'logger'>,
): Promise<void> {
  const before = clock.now() - limits.keepAssetsMs
  const old = (await store.assets.listAssets(roomId)).filter(({ time }) => time < before)
  const unnamed = new Set(old.map(({ assetId }) => assetId))
  for (const pageId of unnamed.size === 0 ? [] : await store.listBoards(roomId)) {
    const page = await store.loadPage(roomId, pageId)
    const texts = [
      page?.snapshot?.text ?? '',
      ...(page?.tail ?? []).map(({ update }) => JSON.stringify(update.op)),
    ]
    for (const text of texts) for (const [, assetId = ''] of text.matchAll(NAMED)) unnamed.delete(assetId)
    if (unnamed.size === 0) return
    await turn(defer)
  }
  for (const assetId of unnamed) {
    await store.assets.deleteAssets(roomId, [assetId])
    await turn(defer)
  }
  if (unnamed.size > 0)
    logger.info({ roomId, count: unnamed.size }, 'pictures that no board names were deleted')
}
