import type { RoomStore } from '../../storage/roomStore'
import type { Environment } from '../environment'
import { turn } from './trimLog'

/** An id of a picture as it stands in the JSON of contents and ops. */
const NAMED = /"([0-9a-f]{64})"/g

type Tools = Pick<Environment, 'store' | 'limits' | 'clock' | 'defer' | 'logger'>

/**
 * Forgets pictures of a room that were stored long ago and that no board names, in its content or in what of it is
 * deleted and not purged yet. Boards are read from the store, one after another and without loading them, and those that
 * have changed meanwhile again before anything goes. Who still has such a picture and puts it on a board gives it again
 * when others seek it.
 */
export async function collectAssets(roomId: string, tools: Tools): Promise<void> {
  const { store, limits, clock, defer, logger } = tools
  const before = clock.now() - limits.keepAssetsMs
  const old = (await store.assets.listAssets(roomId)).filter(({ time }) => time < before)
  const unnamed = new Set(old.map(({ assetId }) => assetId))
  if (unnamed.size === 0) return
  const boards = new BoardsLookedAt(roomId, store, (assetId) => unnamed.delete(assetId))
  for (const pageId of await store.listBoards(roomId)) {
    await boards.look(pageId)
    if (unnamed.size === 0) return
    await turn(defer)
  }
  let count = 0
  for (const assetId of [...unnamed]) {
    await boards.lookAgain()
    if (!unnamed.has(assetId)) continue
    await store.assets.deleteAssets(roomId, [assetId])
    count++
    await turn(defer)
  }
  if (count > 0) logger.info({ roomId, count }, 'pictures that no board names were deleted')
}

/** The boards of a room, and at which version each was looked at. */
class BoardsLookedAt {
  readonly #versions = new Map<string, number>()

  constructor(
    private readonly roomId: string,
    private readonly store: RoomStore,
    /** Told of each picture that a board names. */
    private readonly onNamed: (assetId: string) => void,
  ) {}

  async look(pageId: string): Promise<void> {
    const page = await this.store.loadPage(this.roomId, pageId)
    this.#versions.set(pageId, page?.head?.version ?? 0)
    const texts = [
      page?.snapshot?.text ?? '',
      ...(page?.tail ?? []).map(({ update }) => JSON.stringify(update.op)),
    ]
    for (const text of texts) for (const [, assetId = ''] of text.matchAll(NAMED)) this.onNamed(assetId)
  }

  /** Looks at boards that have changed since, new ones included: what is new is in their logs. */
  async lookAgain(): Promise<void> {
    for (const { pageId, kind, headVersion } of await this.store.pagesToKeep(this.roomId))
      if (kind === 'board' && headVersion > (this.#versions.get(pageId) ?? 0)) await this.look(pageId)
  }
}
