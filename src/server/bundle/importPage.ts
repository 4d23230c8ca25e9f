import { Tombstones } from '../../shared/board/tombstones'
import { otTypeOf, type AnyOtType } from '../../shared/ot/anyType'
import { OtError } from '../../shared/ot/otType'
import type { RecordsSnapshot } from '../../shared/ot/records'
import { firstHash, headText, nextHash, type HashFunction, type Head } from '../../shared/update'
import { pageRuleOf } from '../core/pageRules'
import { deletionsOf } from '../core/upkeep/deletions'
import type { ServerLimits } from '../core/serverLimits'
import type { RoomStore, StoredDeletions, StoredRoom, StoredUpdate } from '../storage/roomStore'
import { BundleError } from './bundleError'
import type { BundleLimits } from './bundleLimits'
import { damaged, type BundleReader } from './bundleReader'
import type { JobProgress } from './bundleJob'
import { contentPath, updateLineSchema, updatesPath, type BundlePage } from './manifest'

/** Updates stored in one transaction, and the UTF-16 units from which fewer are. */
const BATCH_COUNT = 500
const BATCH_LENGTH = 1024 * 1024
/** Bytes that a UTF-16 unit takes at most in UTF-8. */
const BYTES_PER_UNIT = 3

export interface ImportTools {
  readonly reader: BundleReader
  readonly store: RoomStore
  readonly hash: HashFunction
  /** Ed25519 signature (base64url) of a text by a private key (base64url). */
  readonly sign: (text: string, privateKey: string) => string
  readonly limits: ServerLimits
  readonly bundleLimits: BundleLimits
  readonly progress: JobProgress
  readonly now: () => number
  /** Lets everything run that has arrived meanwhile. */
  readonly pause: () => Promise<void>
}

/**
 * Stores a page of a room that is being imported, and returns its content. Its updates keep their versions, authors and
 * times; the chain of hashes is the new room's, signed by its key. Throws BundleError and StoreError.
 */
export async function importPage(room: StoredRoom, page: BundlePage, tools: ImportTools): Promise<unknown> {
  const { id, kind, start, version } = page
  const { store, progress, pause } = tools
  const type = otTypeOf(kind)
  const content = await readContent(room, type, page, tools)
  const chain = new Chain(room, page, tools)
  // A history that is whole has to lead to the content: who comes without any of it is given the one or the other.
  let replayed = start.version === 0 ? type.create() : undefined
  if (start.version > 0) await store.startPage(room.roomId, id, kind, chain.signedHead())
  for await (const { line, length } of updateLines(id, tools)) {
    const where = `${updatesPath(id)}, version ${line.version}`
    chain.checkNext(line.version)
    const op = parsing(where, () => {
      const parsed = type.parseOp(line.op)
      if (type.opLength(parsed) > tools.limits.maxOpLength)
        throw new BundleError('bundle-too-large', `${where} is longer than an update may be`)
      if (replayed !== undefined) {
        type.check(replayed, parsed)
        replayed = type.apply(replayed, parsed)
      }
      return parsed
    })
    chain.add({ ...line, op }, length)
    progress.add(length)
    if (chain.isFull) {
      await chain.store()
      await pause()
    }
  }
  await chain.store()
  if (chain.head.version !== version)
    throw damaged(`${updatesPath(id)} leads to version ${chain.head.version}, not ${version}`)
  const text = type.serialise(content)
  if (replayed !== undefined && type.serialise(replayed) !== text)
    throw damaged(`${contentPath(id)} is not what the updates lead to`)
  const deletions = kind === 'board' ? deletionsNow(content as RecordsSnapshot, tools) : undefined
  await store.saveSnapshot(room.roomId, id, {
    ...chain.head,
    text,
    ...(deletions !== undefined && { deletions }),
  })
  return content
}

/** What is deleted on a board rests from now on: who deleted it may have done so long ago, but not in this room. */
function deletionsNow(content: RecordsSnapshot, { now, limits }: ImportTools): StoredDeletions | undefined {
  const tombstones = new Tombstones()
  tombstones.noteAll(content, now())
  return deletionsOf(tombstones, content, limits)
}

async function readContent(
  { roomId }: StoredRoom,
  type: AnyOtType,
  { id, kind }: BundlePage,
  tools: ImportTools,
): Promise<unknown> {
  const { reader, limits } = tools
  const path = contentPath(id)
  const text = await reader.readText(path, limits.maxPageLength * BYTES_PER_UNIT)
  if (text.length > limits.maxPageLength)
    throw new BundleError(
      'bundle-too-large',
      `${path} has ${text.length} of ${limits.maxPageLength} UTF-16 units`,
    )
  return parsing(path, () => {
    const content = type.parseSnapshot(text)
    const empty = type.create()
    const rule = pageRuleOf(roomId, id, kind, limits)
    const refusal = rule(empty, content, type.diff(empty, content), roomId)
    if (refusal !== undefined) throw damaged(`${path}: ${refusal.detail}`)
    return content
  })
}

async function* updateLines(id: string, { reader, bundleLimits }: ImportTools) {
  const path = updatesPath(id)
  let count = 0
  for await (const text of reader.lines(path, bundleLimits.maxLineBytes)) {
    count++
    const parsed = updateLineSchema.safeParse(parseJson(text))
    if (!parsed.success) {
      const issue = parsed.error.issues[0]
      throw damaged(`${path}, line ${count}: ${issue?.path.join('.')} ${issue?.message}`)
    }
    yield { line: parsed.data, length: text.length }
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Refused by every schema.
    return undefined
  }
}

/** What a document type refuses is damage of the file. */
function parsing<T>(what: string, task: () => T): T {
  try {
    return task()
  } catch (error) {
    if (error instanceof OtError) throw damaged(`${what}: ${error.message}`, error)
    throw error
  }
}

type Line = ReturnType<typeof updateLineSchema.parse>

/** The history of a page in its new room, stored some updates at a time. */
class Chain {
  head: Head
  #stored: Head
  #updates: StoredUpdate[] = []
  #length = 0

  constructor(
    private readonly room: StoredRoom,
    private readonly page: BundlePage,
    private readonly tools: ImportTools,
  ) {
    this.head = startOf(room.roomId, page, tools.hash)
    this.#stored = this.head
  }

  get isFull(): boolean {
    return this.#updates.length >= BATCH_COUNT || this.#length >= BATCH_LENGTH
  }

  /** Throws BundleError `bundle-damaged` where a version is not the next one. */
  checkNext(version: number): void {
    if (version !== this.head.version + 1)
      throw damaged(`${updatesPath(this.page.id)}: version ${version} follows version ${this.head.version}`)
  }

  add({ version, ...update }: Line, length: number): void {
    this.head = { version, hash: nextHash(this.head.hash, version, update, this.tools.hash) }
    this.#updates.push({ version, hash: this.head.hash, update })
    this.#length += length
  }

  async store(): Promise<void> {
    if (this.#updates.length === 0) return
    await this.tools.store.append([
      {
        roomId: this.room.roomId,
        pageId: this.page.id,
        kind: this.page.kind,
        after: this.#stored,
        updates: this.#updates,
        head: this.signedHead(),
        // Whoever wrote them is not in this room: its clients start to count anew.
        clients: [],
      },
    ])
    this.#stored = this.head
    this.#updates = []
    this.#length = 0
  }

  signedHead(): Head & { readonly signature: string } {
    const { roomId, privateKey } = this.room
    return { ...this.head, signature: this.tools.sign(headText(roomId, this.page.id, this.head), privateKey) }
  }
}

/** Where a page's history starts in its new room. What went before is in no file: its hash stands for it. */
function startOf(roomId: string, { id, start }: BundlePage, hash: HashFunction): Head {
  if (start.version === 0) return { version: 0, hash: firstHash(roomId, id, hash) }
  const text = ['inkroom-imported-1', roomId, id, start.version, start.hash].join('\n')
  return { version: start.version, hash: hash(text) }
}
