import { rmSync } from 'node:fs'
import process from 'node:process'
import { startServe, type ServeProcess } from '../../../tests/lib/serveProcess'
import { Participant, type ParticipantOptions } from '../client/participant'
import { makeTemporaryFolder, removeFolder } from '../../../tests/lib/temporaryFolder'

/** A room server process of its own with one room, on data that outlives it, and everybody who ever joined. */
export class ReplayServer {
  readonly #folder: string
  readonly #participants = new Set<Participant>()
  #process: ServeProcess

  private constructor(folder: string, server: ServeProcess) {
    this.#folder = folder
    this.#process = server
    // However this process ends, the server is not left behind.
    process.once('exit', this.#abandon)
  }

  static async start(): Promise<ReplayServer> {
    const folder = await makeTemporaryFolder()
    return new ReplayServer(folder, await serve(folder))
  }

  /** Somebody joins the room. */
  join(options: ParticipantOptions): Participant {
    const link = this.#process.line.room?.link
    if (link === undefined) throw new Error('the server made no room')
    const participant = new Participant(link, options)
    this.#participants.add(participant)
    return participant
  }

  /** Somebody leaves the room. */
  async leave(participant: Participant): Promise<void> {
    this.#participants.delete(participant)
    await participant.leave()
  }

  /** Ends the process with a signal and starts another on the same data and port. */
  async restart(how: 'stop' | 'kill'): Promise<void> {
    const { port } = this.#process
    await this.#process[how]()
    this.#process = await serve(this.#folder, port)
  }

  readonly #abandon = (): void => {
    this.#process.process.kill('SIGKILL')
    rmSync(this.#folder, { recursive: true, force: true })
  }

  /** Everybody leaves, the server ends and its data are deleted. */
  async end(): Promise<void> {
    await Promise.all([...this.#participants].map((participant) => this.leave(participant)))
    await this.#process.kill()
    await removeFolder(this.#folder)
    process.off('exit', this.#abandon)
  }
}

function serve(data: string, port = 0): Promise<ServeProcess> {
  return startServe({ data, port, room: 'Replay', args: ['--log-level', 'warn'] })
}
