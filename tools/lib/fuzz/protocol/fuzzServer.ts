import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import Database from 'better-sqlite3'
import { z } from 'zod'
import { SeededRandom } from '../../../../tests/lib/simulation/seededRandom'
import { OPEN_DOOR } from '../../../../src/server/access/policies'
import { startHost, type Host } from '../../../../src/server/host/startHost'
import { silentLogger } from '../../../../src/server/logger'
import { nodeRandomBytes } from '../../../../src/server/nodeCrypto'
import { createId } from '../../../../src/shared/identity/keys'
import { edit, Participant, untilPage, type TextPage } from '../../client/participant'
import { Attacker } from './attacker'
import type { Known } from './schemaValues'

export interface FuzzOptions {
  readonly seed: number
  /** Hostile messages that the server has to take. */
  readonly messages: number
  readonly onProgress?: (sent: number) => void
}

/** What a run has found. Everything but `sent` and `byType` is empty or small where all is well. */
export interface FuzzReport {
  readonly sent: number
  readonly byType: Readonly<Record<string, number>>
  /** How the attackers' connections ended, by close code. */
  readonly endings: Readonly<Record<string, number>>
  /** Updates that the attackers of each seat got committed: none of those who only read. */
  readonly committed: Readonly<Record<Seat, number>>
  /** What must never happen: crashes, errors of the server's own, hung connections, a changed document. */
  readonly faults: readonly string[]
  /** Bytes of memory at the end, buffers included, over those after the first quarter. */
  readonly memoryGrowth: number
}

/** As what an attacker comes: a stranger stays outside. Every second one encrypts. */
const SEATS = ['editor', 'viewer', 'editor', 'commenter', 'stranger', 'editor'] as const
export type Seat = (typeof SEATS)[number]

/** Rates would only slow the fuzz down: they have tests of their own. */
const NO_RATES = {
  messagesPerSecond: 1e9,
  messageBurst: 1e9,
  bytesPerSecond: 1e12,
  byteBurst: 1e12,
  maxConnectionsPerAddress: 1e9,
  // The answer to a close is behind all that was not read.
  closeTimeoutMs: 60_000,
}
/** Answers that one attacker does not read: more than the buffers of the system and the server's own hold together. */
const IGNORED_ANSWERS = 200_000
/** Caches that fill up by design are small, so that what grows is a leak. */
const SMALL_CACHES = {
  keepRecent: 50,
  maxRecentLength: 64 * 1024,
  unloadAfterMs: 1_000,
  maxUnreadBytes: 1024 * 1024,
}

const authorSchema = z.object({ author: z.string() })

const WORDS = 'the quick brown fox jumps over the lazy dog '

/**
 * Attacks a real server over real sockets with messages that are valid in form and hostile in meaning, broken ones,
 * replays, and all of it interleaved, while an honest person goes on writing in a room of the same server. The same seed
 * sends the same messages; in which order those of several attackers arrive is the system's.
 */
export async function fuzzServer(options: FuzzOptions): Promise<FuzzReport> {
  const { seed, messages, onProgress } = options
  const faults: string[] = []
  const onFault =
    (what: string) =>
    (error: unknown): void =>
      void faults.push(`${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  const onRejection = onFault('unhandled rejection')
  const onException = onFault('uncaught exception')
  process.on('unhandledRejection', onRejection)
  process.on('uncaughtException', onException)

  const folder = await mkdtemp(join(tmpdir(), 'inkroom-fuzz-'))
  const host = await startHost({
    dataFolder: folder,
    host: '127.0.0.1',
    port: 0,
    portSearch: 0,
    staticDir: undefined,
    publicOrigins: [],
    encryption: { certificate: 'own', plainBrowsers: true },
    roomCreation: { mode: 'nobody' },
    defaultPolicy: OPEN_DOOR,
    logger: {
      ...silentLogger,
      error: (fields, message) =>
        faults.push(`the server logged an error: ${message} ${JSON.stringify(fields, errorsAsText)}`),
    },
    limits: SMALL_CACHES,
    transportLimits: NO_RATES,
  })
  const byType: Record<string, number> = {}
  const endings: Record<string, number> = {}
  const seatOf = new Map<string, Seat>()
  const committed: Record<Seat, number> = { editor: 0, viewer: 0, commenter: 0, stranger: 0 }
  const handles = openHandles()
  let [sent, memoryAtQuarter] = [0, 0]
  try {
    const witness = await Witness.start(host)
    const { roomId, known } = await playground(host)
    const replayed: string[] = []
    const isOver = (): boolean => sent >= messages || faults.length > 20
    const attackerOn = async (seat: Seat, index: number): Promise<Attacker> =>
      new Attacker({
        invite:
          seat === 'stranger'
            ? undefined
            : await host.roomServer.inviteTo(roomId, { role: seat, maxUses: null, lifetimeMs: null }),
        url: `${index % 2 === 0 ? 'ws' : 'wss'}://127.0.0.1:${host.port}/socket`,
        roomId,
        random: new SeededRandom(seed * 1_000 + index),
        known,
        replayed,
        isStranger: seat === 'stranger',
        taken: (type) => {
          sent += 1
          byType[type] = (byType[type] ?? 0) + 1
        },
        ended: (code) => {
          endings[code] = (endings[code] ?? 0) + 1
        },
      })
    const attackFor = async (seat: Seat, index: number): Promise<void> => {
      const attacker = await attackerOn(seat, index)
      seatOf.set(attacker.deviceId, seat)
      while (!isOver()) {
        await attacker.attack(isOver).catch(onFault('an attacker'))
        onProgress?.(sent)
        if (memoryAtQuarter === 0 && sent > messages / 4) memoryAtQuarter = usedMemory()
      }
    }
    const ignoreAnswers = async (): Promise<void> =>
      (await attackerOn('stranger', SEATS.length)).ignoreAnswers(IGNORED_ANSWERS)
    const writing = witness.writeUntil(isOver).catch(onFault('the witness'))
    await Promise.all([...SEATS.map(attackFor), ignoreAnswers().catch(onFault('who reads nothing'))])
    await writing
    await witness.check().catch(onFault('the witness'))
    await playgroundIsWhole(host, roomId).catch(onFault('the attacked room'))
    await witness.leave()
    await until(() => host.connections === 0, 'every connection is gone').catch(onFault('connections'))
    const left = (await host.roomServer.listRooms()).filter(({ sessions }) => sessions > 0)
    if (left.length > 0) faults.push(`sessions are left in ${left.length} rooms`)
  } finally {
    await host.stop()
    for (const author of authorsIn(folder)) {
      const seat = seatOf.get(author)
      if (seat !== undefined) committed[seat] += 1
    }
    await until(() => openHandles() <= handles, 'every socket is let go').catch(onFault('handles'))
    await rm(folder, { recursive: true, force: true })
    process.off('unhandledRejection', onRejection)
    process.off('uncaughtException', onException)
  }
  return { sent, byType, endings, committed, faults, memoryGrowth: usedMemory() - memoryAtQuarter }
}

/** Somebody honest in a room that the attackers do not know, on the same server. */
class Witness {
  #written = ''

  private constructor(
    private readonly host: Host,
    private readonly roomId: string,
    private readonly participant: Participant,
    private readonly page: TextPage,
  ) {}

  static async start(host: Host): Promise<Witness> {
    const { roomId } = await host.roomServer.createRoom('Witness', createId(nodeRandomBytes))
    const participant = new Participant(host.localLinkOf(roomId), { name: 'Witness' })
    const page = await participant.openText(await participant.createPage('Notes'))
    return new Witness(host, roomId, participant, page)
  }

  /** Writes word after word, each only when the one before is saved: a server that stands still is noticed. */
  async writeUntil(isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      const word = WORDS.slice(this.#written.length % WORDS.length).slice(0, 5)
      edit(this.page, this.#written.length, this.#written.length, word)
      this.#written += word
      await untilPage(this.page, ({ synced }) => synced, 'what the witness wrote is saved')
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  /** Throws unless the document is what the witness wrote, for somebody who comes anew as well. */
  async check(): Promise<void> {
    const reader = new Participant(this.host.localLinkOf(this.roomId), { name: 'Reader' })
    const seen = (await reader.openText(this.page.pageId)).content.toString()
    await reader.leave()
    if (seen !== this.#written) throw new Error('the document of the witness has changed')
    const { errors, client } = this.participant
    if (errors.length > 0) throw errors[0]
    if (client.status.value.state !== 'connected') throw new Error('the witness has been put out')
    if (client.people.value.some(({ name }) => name === 'Eve')) throw new Error('an attacker is in the room')
  }

  leave(): Promise<void> {
    return this.participant.leave()
  }
}

/** The room that is attacked from inside, with some pages, and what attackers know of it. */
async function playground(host: Host): Promise<{ roomId: string; known: Known }> {
  const { roomId } = await host.roomServer.createRoom('Playground', createId(nodeRandomBytes))
  const maker = new Participant(host.localLinkOf(roomId), { name: 'Maker' })
  const pageIds = ['pages']
  for (const title of ['One', 'Two', 'Three']) pageIds.push(await maker.createPage(title))
  await maker.leave()
  const ids = Array.from({ length: 12 }, () => createId(nodeRandomBytes))
  const known: Known = { ids: [...ids, roomId, ...pageIds.slice(1)], pageIds, hashes: [], heads: [] }
  return { roomId, known }
}

/** Two people who come anew see the same pages with the same content, whatever the attackers made of them. */
async function playgroundIsWhole(host: Host, roomId: string): Promise<void> {
  const seen = await Promise.all(
    ['Ada', 'Bob'].map(async (name) => {
      const person = new Participant(host.localLinkOf(roomId), { name })
      const { pageList } = person.client
      await person.until(() => pageList.saveState.value.loaded, 'the page list is loaded')
      const content = pageList.type.serialise(pageList.content)
      await person.leave()
      if (person.errors.length > 0) throw person.errors[0]
      return content
    }),
  )
  if (seen[0] !== seen[1]) throw new Error('two people see two page lists')
}

/** Author of each update that the server has stored. */
function authorsIn(dataFolder: string): string[] {
  const database = new Database(join(dataFolder, 'rooms.sqlite'), { readonly: true })
  try {
    const bodies = database.prepare('SELECT body FROM updates').pluck().all()
    return bodies.map((body) => authorSchema.parse(JSON.parse(String(body))).author)
  } finally {
    database.close()
  }
}

/** Sockets that this process holds, listening ones included. */
function openHandles(): number {
  return process.getActiveResourcesInfo().filter((name) => /TCP|TLS/.test(name)).length
}

async function until(condition: () => boolean, what: string): Promise<void> {
  const end = Date.now() + 20_000
  while (!condition()) {
    if (Date.now() > end) throw new Error(`not within 20 s: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

let collect: (() => void) | undefined

/** Bytes in use after everything that is garbage is gone: of the heap, and of what it refers to outside, buffers included. */
function usedMemory(): number {
  if (collect === undefined) {
    setFlagsFromString('--expose-gc')
    collect = runInNewContext('gc') as () => void
  }
  collect()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

function errorsAsText(_key: string, value: unknown): unknown {
  return value instanceof Error ? value.stack : value
}
