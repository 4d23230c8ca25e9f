import { createHash } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { systemCodeOf } from '../startError'
import { contentTypeOf, isCompressible } from './contentTypes'

/** A file ready to be sent. */
export interface StaticFile {
  readonly contentType: string
  readonly body: Buffer
  /** The body gzipped; undefined where that would not be shorter. */
  readonly gzipped: Buffer | undefined
  /** Hash of the body, without quotes. */
  readonly tag: string
  /** Whether the name changes with the content, so that a browser never needs to ask again. */
  readonly immutable: boolean
}

const compress = promisify(gzip)

/**
 * The only paths that are looked up: segments of plain characters that do not begin with a dot. So there is no `..`,
 * no hidden file, no backslash and no percent escape to be decoded, and nothing outside the folder can be named.
 */
const PLAIN_PATH = /^(?:\/[A-Za-z0-9_-][A-Za-z0-9_.-]*)+$/

/** What the build puts into `assets/` has a hash of its content in its name: `index-B7xkQ2a_.js`. */
const HASHED_NAME = /^\/assets\/[^/]+-[A-Za-z0-9_-]{8}\.[a-z0-9.]+$/

/**
 * The build of the browser client. Files stay in memory once they were asked for: the build is a few megabytes, and
 * everybody who joins asks for the same ones. A file that changed on disk is read again. Their names are read once: a disk
 * that takes any spelling of a name would have each one kept here.
 */
export class StaticFiles {
  private readonly loaded = new Map<string, { file: StaticFile; size: number; changedAt: number }>()
  private names: Promise<ReadonlySet<string>> | undefined

  constructor(private readonly folder: string) {}

  /** The file at a path of a URL (undecoded, without a query), undefined where there is none. */
  async find(path: string): Promise<StaticFile | undefined> {
    if (!PLAIN_PATH.test(path)) return undefined
    const fileName = join(this.folder, path)
    try {
      if (!(await this.paths()).has(path)) return undefined
      const stats = await stat(fileName)
      if (!stats.isFile()) return undefined
      const { size, mtimeMs: changedAt } = stats
      const known = this.loaded.get(path)
      if (known?.size === size && known.changedAt === changedAt) return known.file
      const file = await load(path, fileName)
      this.loaded.set(path, { file, size, changedAt })
      return file
    } catch (error) {
      if (['ENOENT', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG'].includes(systemCodeOf(error) ?? ''))
        return undefined
      throw error
    }
  }

  /** Paths of all files. Where they cannot be read the next one who asks tries again. */
  private paths(): Promise<ReadonlySet<string>> {
    this.names ??= pathsIn(this.folder).catch((error: unknown) => {
      this.names = undefined
      throw error
    })
    return this.names
  }
}

async function pathsIn(folder: string): Promise<ReadonlySet<string>> {
  const entries = await readdir(folder, { recursive: true })
  return new Set(entries.map((name) => `/${name.split(sep).join('/')}`))
}

async function load(path: string, fileName: string): Promise<StaticFile> {
  const contentType = contentTypeOf(path)
  const raw = await readFile(fileName)
  const body = path === '/index.html' ? Buffer.from(absoluteReferences(raw.toString('utf8'))) : raw
  const gzipped = isCompressible(contentType) ? await compress(body) : undefined
  return {
    contentType,
    body,
    gzipped: gzipped !== undefined && gzipped.length < body.length ? gzipped : undefined,
    tag: createHash('sha256').update(body).digest('base64url').slice(0, 22),
    immutable: HASHED_NAME.test(path),
  }
}

/**
 * The build refers to its files relative to index.html, because the desktop app opens it from disk. Served at
 * `/room/ROOMID` they must be named from the root.
 */
function absoluteReferences(html: string): string {
  return html.replaceAll(/(\s(?:src|href)=["'])\.\//g, '$1/')
}
