import type { Clock } from '../../shared/clock'

/** Milliseconds in which such news are gathered: the device's pictures are gone through once for all of them. */
const GATHER_MS = 200
/** Most pictures gathered. Above it, later news are left out; who seeks asks again when it reconnects. */
const MAX_GATHERED = 1_000

/** Gathers which pictures others in the room seek. */
export class SoughtByOthers {
  readonly #clock: Clock
  readonly #take: (assetIds: ReadonlySet<string>) => void
  #gathered = new Set<string>()
  #cancel: (() => void) | undefined

  constructor(clock: Clock, take: (assetIds: ReadonlySet<string>) => void) {
    this.#clock = clock
    this.#take = take
  }

  add(assetId: string): void {
    if (this.#gathered.size >= MAX_GATHERED) return
    this.#gathered.add(assetId)
    this.#cancel ??= this.#clock.after(GATHER_MS, () => {
      this.#cancel = undefined
      const gathered = this.#gathered
      this.#gathered = new Set()
      this.#take(gathered)
    })
  }

  end(): void {
    this.#cancel?.()
  }
}
