import type { Point } from './model'
import { TRAIL_MS, type Trail } from './overlay'

/** Trails of laser pointers, one for each person. */
export class Trails {
  readonly #trails = new Map<string, { tone: string; points: { at: Point; time: number }[] }>()

  constructor(private readonly now: () => number) {}

  get list(): readonly Trail[] {
    return [...this.#trails.values()]
  }

  add(sessionId: string, tone: string, at: Point): void {
    const trail = this.#trails.get(sessionId)
    const last = trail?.points.at(-1)
    if (last?.at.x === at.x && last.at.y === at.y) return
    const point = { at, time: this.now() }
    if (trail === undefined) this.#trails.set(sessionId, { tone, points: [point] })
    else trail.points.push(point)
  }

  /** Forgets what is not seen any more; true while anything is. */
  fade(): boolean {
    const oldest = this.now() - TRAIL_MS
    for (const [sessionId, trail] of this.#trails) {
      const first = trail.points.findIndex(({ time }) => time > oldest)
      if (first < 0) this.#trails.delete(sessionId)
      else trail.points.splice(0, first)
    }
    return this.#trails.size > 0
  }
}
