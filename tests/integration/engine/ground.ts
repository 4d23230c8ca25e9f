import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { openReplicaDatabase, type ReplicaDatabase } from '../../../src/main/cache/replicaDatabase'
import {
  Participant,
  untilPage,
  type ParticipantOptions,
  type TextPage,
} from '../../../tools/lib/client/participant'
import { startServe, type ServeProcess } from '../../lib/serveProcess'
import { TcpProxy } from '../../lib/tcpProxy'
import { makeTemporaryFolder, removeFolder } from '../../lib/temporaryFolder'

/** A person with the page open. */
export interface Guest {
  readonly participant: Participant
  readonly page: TextPage
}

/** A room on a server process of its own, with people whose replicas are in SQLite. All ends with the test. */
export class Ground {
  readonly #folder: string
  readonly #participants: Participant[] = []
  readonly #databases = new Map<Participant, ReplicaDatabase>()
  #server: ServeProcess
  #pageId = ''
  #devices = 0

  private constructor(folder: string, server: ServeProcess) {
    this.#folder = folder
    this.#server = server
  }

  /** Starts a server with one room in which is one text page. */
  static async start(): Promise<Ground> {
    const folder = await makeTemporaryFolder()
    const ground = new Ground(folder, await serve(folder))
    onTestFinished(() => ground.#end())
    const host = ground.device({ name: 'Host' })
    ground.#pageId = await host.createPage('Notes')
    await host.leave()
    return ground
  }

  get link(): string {
    return this.#server.line.room?.link ?? ''
  }

  get port(): number {
    return this.#server.port
  }

  get pageId(): string {
    return this.#pageId
  }

  /** User data of a device that has none yet. */
  newFolder(): string {
    this.#devices += 1
    return join(this.#folder, `device${this.#devices}`)
  }

  /** Somebody joins, from a device of their own where `folder` is not that of an earlier one. */
  device(options: ParticipantOptions & { readonly folder?: string } = {}): Participant {
    const report = (error: unknown): void => {
      throw error
    }
    const replicas = openReplicaDatabase(options.folder ?? this.newFolder(), { report })
    const participant = new Participant(this.link, { cache: replicas.cacheFor('window'), ...options })
    this.#participants.push(participant)
    this.#databases.set(participant, replicas)
    return participant
  }

  /** The app of a person ends in good order: its folder is free for a later run. */
  async quit(participant: Participant): Promise<void> {
    await participant.leave()
    await this.#databases.get(participant)?.close()
  }

  /** Somebody joins and opens the page. */
  async guest(options: ParticipantOptions & { readonly folder?: string } = {}): Promise<Guest> {
    const participant = this.device(options)
    return { participant, page: await participant.openText(this.#pageId) }
  }

  /** A proxy before the server, and the address of the socket through it. */
  async proxy(): Promise<{ proxy: TcpProxy; url: string }> {
    const proxy = await TcpProxy.start(this.#server.port)
    onTestFinished(() => proxy.close())
    return { proxy, url: `wss://127.0.0.1:${proxy.port}/socket` }
  }

  /** kill -9, then another process on the same data and port. */
  async killServer(): Promise<void> {
    const { port } = this.#server
    await this.#server.kill()
    this.#server = await serve(this.#folder, port)
  }

  async #end(): Promise<void> {
    await Promise.all(this.#participants.map((participant) => participant.leave()))
    await this.#server.kill()
    await removeFolder(this.#folder)
    for (const { name, errors } of this.#participants) expect(errors, `errors of ${name}`).toEqual([])
  }
}

/** Waits until everybody has everything, and compares. Returns the text. */
export async function converged(guests: readonly Guest[], limitMs = 30_000): Promise<string> {
  for (const { page } of guests) await untilPage(page, ({ synced }) => synced, 'everything is sent', limitMs)
  const version = Math.max(...guests.map(({ page }) => page.saveState.value.version))
  for (const { page } of guests) {
    await untilPage(
      page,
      (state) => state.version === version,
      `everything up to ${version} is there`,
      limitMs,
    )
  }
  const [text = '', ...others] = guests.map(({ page }) => page.content.toString())
  // Compared as a whole: a difference of megabytes is not worth printing.
  expect(others.every((other) => other === text)).toBe(true)
  return text
}

function serve(folder: string, port = 0): Promise<ServeProcess> {
  return startServe({
    data: join(folder, 'server'),
    port,
    room: 'Writing',
    encryption: true,
    args: ['--log-level', 'error'],
  })
}
