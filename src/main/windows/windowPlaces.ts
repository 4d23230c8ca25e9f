import { join } from 'node:path'
import { z } from 'zod'
import type { Logger } from '../../server/logger'
import { idSchema } from '../../shared/protocol/values'
import { JsonFile } from '../files/jsonFile'
import { windowPlaceSchema, type WindowPlace } from './windowPlace'

/** Rooms whose window's place is remembered; those looked at longest ago are forgotten first. */
const MAX_ROOMS = 50

const placesSchema = z.object({
  last: windowPlaceSchema,
  /** The room looked at last is the last one. */
  rooms: z.array(z.object({ roomId: idSchema, place: windowPlaceSchema })).max(MAX_ROOMS),
})

/** Where windows were, kept in `windows.json` of the user data folder: the last one of all, and the last of each room. */
export class WindowPlaces {
  readonly #file: JsonFile<z.infer<typeof placesSchema>>
  readonly #log: Logger
  readonly #rooms = new Map<string, WindowPlace>()
  #last: WindowPlace | undefined
  #writing: Promise<void> = Promise.resolve()

  constructor(userData: string, log: Logger) {
    this.#log = log
    this.#file = new JsonFile(join(userData, 'windows.json'), placesSchema, log)
    const stored = this.#file.readIfPossible()
    this.#last = stored?.last
    for (const { roomId, place } of stored?.rooms ?? []) this.#rooms.set(roomId, place)
  }

  /** Where the window used last was. Undefined before the first one. */
  get last(): WindowPlace | undefined {
    return this.#last
  }

  ofRoom(roomId: string): WindowPlace | undefined {
    return this.#rooms.get(roomId)
  }

  /** `roomId`: the room the window shows, if any. */
  remember(place: WindowPlace, roomId: string | undefined): void {
    this.#last = place
    if (roomId !== undefined) {
      this.#rooms.delete(roomId)
      this.#rooms.set(roomId, place)
      const [oldest] = this.#rooms.keys()
      if (this.#rooms.size > MAX_ROOMS && oldest !== undefined) this.#rooms.delete(oldest)
    }
    const rooms = [...this.#rooms].map(([id, where]) => ({ roomId: id, place: where }))
    this.#writing = this.#file.write({ last: place, rooms }).catch((error: unknown) => {
      this.#log.warn({ err: error }, 'cannot remember where the window was')
    })
  }

  /** Resolves when everything is stored. */
  settled(): Promise<void> {
    return this.#writing
  }
}
