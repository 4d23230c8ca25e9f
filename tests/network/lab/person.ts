import type { ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { nearbyRoomSchema, type NearbyRoom } from '../../../src/shared/ipc/discovery'
import { connectionCheckSchema, type ConnectionCheck } from '../../../src/shared/ipc/network'
import type { Machine } from './lab'
import { answerSchema, type Order } from './orders'
import { programOf } from './programs'

/** Number of the answer that comes unasked, when the program has started. */
const STARTED = 0

/** Somebody at a machine of a lab, in a process there. */
export class Person {
  readonly #child: ChildProcess
  readonly #waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()
  #orders = 0

  private constructor(machine: Machine) {
    this.#child = machine.spawn(process.execPath, [programOf('person'), machine.namespace])
    if (this.#child.stdout === null) throw new Error('the program has no output')
    createInterface({ input: this.#child.stdout }).on('line', (line) => {
      const { id, value, error } = answerSchema.parse(JSON.parse(line))
      if (error === undefined) this.#waiting.get(id)?.resolve(value)
      else this.#waiting.get(id)?.reject(new Error(error))
      this.#waiting.delete(id)
    })
    this.#child.once('close', (code) => {
      for (const { reject } of this.#waiting.values()) reject(new Error(`the program ended with ${code}`))
    })
  }

  /** Resolves when they look for rooms. */
  static async at(machine: Machine): Promise<Person> {
    const person = new Person(machine)
    await new Promise((resolve, reject) => person.#waiting.set(STARTED, { resolve, reject }))
    return person
  }

  async nearby(): Promise<readonly NearbyRoom[]> {
    return z.array(nearbyRoomSchema).parse(await this.#order({ type: 'nearby' }))
  }

  /** Titles of the rooms nearby. */
  async titles(): Promise<string[]> {
    return (await this.nearby()).map(({ title }) => title)
  }

  async check(link: string): Promise<ConnectionCheck> {
    return connectionCheckSchema.parse(await this.#order({ type: 'check', link }))
  }

  /** Joins a room and opens its first page. */
  async join(link: string, name: string): Promise<void> {
    await this.#order({ type: 'join', link, name })
  }

  /** Adds to the end of the page. */
  async write(text: string): Promise<void> {
    await this.#order({ type: 'write', text })
  }

  /** Waits until the host has everything. */
  async saved(): Promise<void> {
    await this.#order({ type: 'saved' })
  }

  async text(): Promise<string> {
    return z.string().parse(await this.#order({ type: 'text' }))
  }

  async state(): Promise<string> {
    return z.string().parse(await this.#order({ type: 'state' }))
  }

  #order(order: Order): Promise<unknown> {
    const id = ++this.#orders
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#child.stdin?.write(`${JSON.stringify({ id, ...order })}\n`)
    })
  }
}
