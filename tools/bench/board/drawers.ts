import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import type { DrawersNews, DrawersOrder } from './drawersWorker'

const WORKER = fileURLToPath(new URL('./drawersWorker.ts', import.meta.url))

/** People in another process who draw on a board while they are asked to. */
export class Drawers {
  /** For each drawer, when its strokes began: milliseconds since 1970. */
  readonly #began: number[][]

  private constructor(
    private readonly child: ChildProcess,
    count: number,
  ) {
    this.#began = Array.from({ length: count }, () => [])
    child.on('message', (news: DrawersNews) => {
      if (news.kind === 'began') this.#began[news.drawer]?.push(news.time)
    })
  }

  /** Lets `count` people join the room and open the board. */
  static async join(link: string, pageId: string, shapes: number, count: number): Promise<Drawers> {
    const child = fork(WORKER, [link, pageId, String(shapes), String(count)], { execArgv: process.execArgv })
    const drawers = new Drawers(child, count)
    await drawers.#until('ready')
    return drawers
  }

  draw(): void {
    this.#order('draw')
  }

  /** Lets all end their strokes. Returns when each stroke since the last rest began, by drawer. */
  async rest(): Promise<number[][]> {
    const resting = this.#until('resting')
    this.#order('rest')
    await resting
    return this.#began.map((times) => times.splice(0))
  }

  async leave(): Promise<void> {
    const exited = once(this.child, 'exit')
    this.#order('leave')
    await exited
  }

  /** Ends the process however it is doing. */
  kill(): void {
    this.child.kill('SIGKILL')
  }

  #order(order: DrawersOrder): void {
    this.child.send(order)
  }

  #until(kind: DrawersNews['kind']): Promise<void> {
    return new Promise((resolve, reject) => {
      const failed = (code: number | null): void =>
        reject(new Error(`the drawers ended with ${String(code)}`))
      const look = (news: DrawersNews): void => {
        if (news.kind !== kind) return
        this.child.off('message', look)
        this.child.off('exit', failed)
        resolve()
      }
      this.child.on('message', look)
      this.child.once('exit', failed)
    })
  }
}
