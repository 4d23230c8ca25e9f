import { openDB, type DBSchema, type IDBPDatabase, type IDBPObjectStore } from 'idb'
import { MAX_PREVIEWS, parsePreview, type Preview, type PreviewKey, type Previews } from './previews'

/** A database of its own: what is wrong with it is no reason to do without the cache. */
export const PREVIEWS_DATABASE = 'inkroom-previews'
const VERSION = 1

/** Room, page and theme. */
type Key = [roomId: string, pageId: string, theme: string]

/** Values are `unknown` until they are parsed. */
interface Stores extends DBSchema {
  pictures: { key: Key; value: unknown }
  /** When each picture was used last, in milliseconds since 1970: apart, since it changes more often. */
  uses: { key: Key; value: unknown }
}
type Database = IDBPDatabase<Stores>
type Store<Name extends 'pictures' | 'uses'> = IDBPObjectStore<
  Stores,
  ('pictures' | 'uses')[],
  Name,
  'readwrite'
>

/** Previews in the browser's IndexedDB, in the app as in a guest's browser. */
export class IdbPreviews implements Previews {
  #opening: Promise<Database> | undefined

  /** `now`: milliseconds since 1970. */
  constructor(private readonly now: () => number) {}

  prepare(): void {
    void this.#attempt(() => Promise.resolve())
  }

  get(key: PreviewKey): Promise<Preview | undefined> {
    return this.#attempt(async (database) => {
      const preview = parsePreview(await database.get('pictures', keyOf(key)))
      if (preview === undefined) return undefined
      // Nobody waits for it.
      void this.#change(async (_pictures, uses) => {
        await uses.put(this.now(), keyOf(key))
      })
      return preview
    })
  }

  async put(key: PreviewKey, preview: Preview): Promise<void> {
    if (parsePreview(preview) === undefined) return
    await this.#change(async (pictures, uses) => {
      await Promise.all([pictures.put(preview, keyOf(key)), uses.put(this.now(), keyOf(key))])
      const [keys, times] = await Promise.all([uses.getAllKeys(), uses.getAll()])
      const oldestFirst = keys
        .map((each, at) => ({ key: each, time: timeOf(times[at]) }))
        .sort((a, b) => a.time - b.time)
      for (const { key: old } of oldestFirst.slice(0, -MAX_PREVIEWS))
        await Promise.all([pictures.delete(old), uses.delete(old)])
    })
  }

  forgetPage(roomId: string, pageId: string): Promise<void> {
    return this.#forget(IDBKeyRange.bound([roomId, pageId], [roomId, pageId, []]))
  }

  forgetRoom(roomId: string): Promise<void> {
    return this.#forget(IDBKeyRange.bound([roomId], [roomId, []]))
  }

  async #forget(keys: IDBKeyRange): Promise<void> {
    await this.#change(async (pictures, uses) => {
      await Promise.all([pictures.delete(keys), uses.delete(keys)])
    })
  }

  #change(task: (pictures: Store<'pictures'>, uses: Store<'uses'>) => Promise<void>): Promise<void> {
    return this.#attempt(async (database) => {
      const change = database.transaction(['pictures', 'uses'], 'readwrite', { durability: 'relaxed' })
      await Promise.all([task(change.objectStore('pictures'), change.objectStore('uses')), change.done])
    })
  }

  /** Whatever goes wrong, a full disk or a private window: there is no picture then. */
  async #attempt<T>(task: (database: Database) => Promise<T>): Promise<T | undefined> {
    try {
      return await task(await this.#open())
    } catch {
      return undefined
    }
  }

  #open(): Promise<Database> {
    const openAgain = (): void => {
      this.#opening = undefined
    }
    this.#opening ??= openDB<Stores>(PREVIEWS_DATABASE, VERSION, {
      upgrade(database) {
        database.createObjectStore('pictures')
        database.createObjectStore('uses')
      },
      blocking(_version, _next, event) {
        if (event.target instanceof IDBDatabase) event.target.close()
        openAgain()
      },
      terminated: openAgain,
    })
    return this.#opening
  }
}

const keyOf = ({ roomId, pageId, theme }: PreviewKey): Key => [roomId, pageId, theme]

/** A time that is none makes the picture the first to go. */
const timeOf = (stored: unknown): number => (typeof stored === 'number' && stored > 0 ? stored : 0)
