import { otTypeOf } from '../../shared/ot/anyType'
import type { RecordsSnapshot } from '../../shared/ot/records'
import { assetTypeOf } from '../../shared/assets/inspectAsset'
import { pieceCountOf } from '../../shared/assets/limits'
import { safeFileName } from '../../shared/fileName'
import { readPages, type PageEntry } from '../../shared/pages'
import { PAGE_LIST_ID } from '../../shared/protocol/values'
import { firstHash, type HashFunction } from '../../shared/update'
import { loadPageState } from '../authority/pageState'
import type { StoredAsset } from '../storage/assetStore'
import type { RoomStore, StoredRoom } from '../storage/roomStore'
import { JobProgress, type BundleJob } from './bundleJob'
import { writeBundle, type BundleEntry } from './bundleWriter'
import {
  assetPath,
  BUNDLE_FORMAT,
  BUNDLE_KIND,
  contentPath,
  MANIFEST_PATH,
  updatesPath,
  type BundleAsset,
  type BundlePage,
  type Manifest,
} from './manifest'

/** Updates read from the store at a time. */
const READ_COUNT = 500

export interface ExportTools {
  readonly store: RoomStore
  readonly hash: HashFunction
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Lets everything run that has arrived meanwhile. */
  readonly pause: () => Promise<void>
}

/**
 * Writes a room to a file while people go on editing it: each page at one version it had, the page list first, so that
 * no page is listed that is not there, and the pictures last, so that those are there that the pages name. Nothing of
 * the room's log may be forgotten meanwhile. In memory is one page at a time. Throws BundleError and StoreError.
 */
export async function exportRoom(
  room: StoredRoom,
  file: string,
  tools: ExportTools,
  job: BundleJob,
): Promise<void> {
  const time = tools.now()
  await writeBundle(file, time, new RoomExport(room, time, tools, job).entries())
}

class RoomExport {
  readonly #pages: BundlePage[] = []
  readonly #assets: BundleAsset[] = []

  constructor(
    private readonly room: StoredRoom,
    private readonly time: number,
    private readonly tools: ExportTools,
    private readonly job: BundleJob,
  ) {}

  async *entries(): AsyncGenerator<BundleEntry> {
    const { roomId } = this.room
    const { store } = this.tools
    const listed = await this.#listedPages()
    const assets = await store.assets.listAssets(roomId)
    const progress = new JobProgress(this.job, await this.#amount(listed, assets))
    yield* this.#page(PAGE_LIST_ID, undefined, progress)
    for (const [index, page] of listed.entries())
      yield* this.#page(page.id, readablePath(index, page), progress)
    // Asked for again: what the pages name by now was stored before they named it.
    for (const asset of await store.assets.listAssets(roomId)) yield* this.#asset(asset, progress)
    yield { path: MANIFEST_PATH, compress: true, content: () => this.#manifest() }
  }

  /** All pages that were ever made, deleted ones too: taking that back brings them with what they hold. */
  async #listedPages(): Promise<PageEntry[]> {
    const { roomId } = this.room
    const { store, hash } = this.tools
    const stored = await store.loadPage(roomId, PAGE_LIST_ID)
    const { snapshot } = loadPageState(otTypeOf('records'), roomId, PAGE_LIST_ID, stored, hash)
    return readPages(snapshot as RecordsSnapshot)
  }

  /** About how many bytes there are to write. */
  async #amount(pages: readonly PageEntry[], assets: readonly StoredAsset[]): Promise<number> {
    let amount = assets.reduce((sum, { size }) => sum + size, 0)
    for (const { id } of [{ id: PAGE_LIST_ID }, ...pages])
      amount += await this.tools.store.logLength(this.room.roomId, id, 0, Number.MAX_SAFE_INTEGER)
    return amount
  }

  /** `readable`: where a person finds the page, where it is one of text. */
  async *#page(id: string, readable: string | undefined, progress: JobProgress): AsyncGenerator<BundleEntry> {
    const { roomId } = this.room
    const { store, hash, pause } = this.tools
    const stored = await store.loadPage(roomId, id)
    if (stored?.head === undefined) return
    const { kind } = stored
    const type = otTypeOf(kind)
    const content = type.serialise(loadPageState(type, roomId, id, stored, hash).snapshot)
    const version = await store.logStart(roomId, id)
    const start = {
      version,
      hash: (await store.hashAt(roomId, id, version)) ?? firstHash(roomId, id, hash),
    }
    this.#pages.push({ id, kind, start, version: stored.head.version })
    yield textEntry(contentPath(id), content)
    if (kind === 'text' && readable !== undefined) yield textEntry(readable, content)
    const end = stored.head.version
    const lines = async function* (): AsyncGenerator<string> {
      for (let from = version; from < end;) {
        const updates = await store.readUpdates(roomId, id, from, end, READ_COUNT)
        const last = updates.at(-1)
        if (last === undefined || updates[0]?.version !== from + 1)
          throw new Error(`page ${id}: its log has a gap after version ${from}`)
        const text = updates.map((each) => `${JSON.stringify({ version: each.version, ...each.update })}\n`)
        yield text.join('')
        progress.add(text.reduce((sum, { length }) => sum + length, 0))
        from = last.version
        await pause()
      }
    }
    yield { path: updatesPath(id), compress: true, content: lines }
  }

  async *#asset({ assetId, size }: StoredAsset, progress: JobProgress): AsyncGenerator<BundleEntry> {
    const { roomId } = this.room
    const { store, pause } = this.tools
    const first = await store.assets.readPiece(roomId, assetId, 0)
    const type = first && assetTypeOf(first)
    if (first === undefined || type === undefined) return
    this.#assets.push({ id: assetId, type, size })
    const pieces = async function* (): AsyncGenerator<Uint8Array> {
      for (let index = 0; index < pieceCountOf(size); index++) {
        const piece = index === 0 ? first : await store.assets.readPiece(roomId, assetId, index)
        if (piece === undefined) throw new Error(`picture ${assetId}: piece ${index} is gone`)
        yield piece
        progress.add(piece.length)
        await pause()
      }
    }
    yield { path: assetPath(assetId, type), compress: false, content: pieces }
  }

  async *#manifest(): AsyncGenerator<string> {
    const manifest: Manifest = {
      kind: BUNDLE_KIND,
      format: BUNDLE_FORMAT,
      title: this.room.title,
      exportedAt: this.time,
      pages: this.#pages,
      assets: this.#assets,
    }
    yield `${JSON.stringify(manifest, undefined, 2)}\n`
  }
}

function textEntry(path: string, text: string): BundleEntry {
  return {
    path,
    compress: true,
    async *content() {
      yield text
    },
  }
}

/** Where a person who unpacks the file finds a page to read. */
function readablePath(index: number, { title, deleted }: PageEntry): string {
  const folder = deleted ? 'text/deleted' : 'text'
  return `${folder}/${String(index + 1).padStart(3, '0')} ${safeFileName(title)}.md`
}
