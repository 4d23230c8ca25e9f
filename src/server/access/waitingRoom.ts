import type { Waiting } from '../../shared/access/roomAccess'
import { InkroomError, type ErrorCode } from '../../shared/protocol/errors'
import type { Admission } from './entry'

/** A session at the door of a room. */
export interface Visitor {
  readonly deviceId: string
  /** As they call themselves now. */
  readonly profile: { readonly name: string; readonly colour: number }
  /** True once the session has ended or gone elsewhere: it is neither let in nor told anything. */
  readonly isGone: boolean
  /** Lets the session in. Throws InkroomError where it cannot come in, such as `room-full`. */
  letIn(): void
  /** Tells the session that somebody has to let it in. */
  askToWait(): void
  /** Tells the session that it does not come in. */
  turnAway(code: ErrorCode): void
}

interface WaitingDevice {
  readonly admission: Admission
  readonly visitors: Set<Visitor>
}

/** Who waits to be let into a room, by device: two windows of one are let in together. */
export class WaitingRoom {
  readonly #devices = new Map<string, WaitingDevice>()

  constructor(readonly maxDevices: number) {}

  get size(): number {
    return this.#devices.size
  }

  get deviceIds(): string[] {
    return [...this.#devices.keys()]
  }

  /** As owners are told of them, who came first before the others. */
  get list(): Waiting[] {
    return [...this.#devices].map(([deviceId, { admission, visitors }]) => {
      const { name, colour } = [...visitors].at(-1)?.profile ?? admission.member
      return {
        deviceId,
        name,
        colour,
        role: admission.member.role,
        invited: admission.invite !== undefined,
      }
    })
  }

  /** What a device would be; undefined for one that does not wait. */
  admissionOf(deviceId: string): Admission | undefined {
    return this.#devices.get(deviceId)?.admission
  }

  /** Throws InkroomError `room-full`. */
  add(visitor: Visitor, admission: Admission): void {
    const visitors = this.#devices.get(visitor.deviceId)?.visitors ?? new Set()
    if (visitors.size === 0 && this.#devices.size >= this.maxDevices)
      throw new InkroomError('room-full', `at most ${this.maxDevices} wait to be let in`)
    this.#devices.set(visitor.deviceId, { admission, visitors: visitors.add(visitor) })
  }

  /** True where the visitor waited. */
  remove(visitor: Visitor): boolean {
    const device = this.#devices.get(visitor.deviceId)
    if (device?.visitors.delete(visitor) !== true) return false
    if (device.visitors.size === 0) this.#devices.delete(visitor.deviceId)
    return true
  }

  /** Lets a device in, window by window: one that finds no room is told so. */
  letIn(deviceId: string): void {
    for (const visitor of this.#take(deviceId)) {
      try {
        visitor.letIn()
      } catch (error) {
        if (!(error instanceof InkroomError)) throw error
        visitor.turnAway(error.code)
      }
    }
  }

  turnAway(deviceId: string, code: ErrorCode): void {
    for (const visitor of this.#take(deviceId)) visitor.turnAway(code)
  }

  /** Everybody goes: the room is closed. */
  empty(): Visitor[] {
    return this.deviceIds.flatMap((deviceId) => this.#take(deviceId))
  }

  #take(deviceId: string): Visitor[] {
    const visitors = [...(this.#devices.get(deviceId)?.visitors ?? [])]
    this.#devices.delete(deviceId)
    return visitors
  }
}
