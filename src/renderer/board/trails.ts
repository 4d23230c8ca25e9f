import type { Point } from './model'
import { TRAIL_MS, type Trail, type TrailSegment } from './overlay'

/** Longer trails lose their oldest parts: a window that is not drawn forgets nothing by itself. */
const MAX_SEGMENTS = 2000

interface GrowingTrail extends Trail {
  tone: string
  segments: TrailSegment[]
  /** Where the laser is; undefined once it has gone out. */
  at: Point | undefined
}

/** Trails of laser pointers, one for each person. */
export class Trails {
  readonly #trails = new Map<string, GrowingTrail>()

  constructor(private readonly now: () => number) {}

  get list(): readonly Trail[] {
    return [...this.#trails.values()]
  }

  /** The laser of a person is at a place. However long it took there, its trail leads there. */
  add(sessionId: string, tone: string, at: Point): void {
    const trail = this.#trails.get(sessionId) ?? { tone, segments: [], at: undefined }
    this.#trails.set(sessionId, trail)
    const from = trail.at
    trail.tone = tone
    trail.at = at
    if (from === undefined || (from.x === at.x && from.y === at.y)) return
    trail.segments.push({ from, to: at, time: this.now() })
    if (trail.segments.length > MAX_SEGMENTS) trail.segments.shift()
  }

  /** The laser of a person has gone out: what it draws next is a trail of its own. */
  end(sessionId: string): void {
    const trail = this.#trails.get(sessionId)
    if (trail !== undefined) trail.at = undefined
  }

  /** Forgets what is not seen any more; true while anything is. */
  fade(): boolean {
    const oldest = this.now() - TRAIL_MS
    let isSeen = false
    for (const [sessionId, trail] of this.#trails) {
      trail.segments = trail.segments.filter(({ time }) => time > oldest)
      if (trail.segments.length > 0) isSeen = true
      else if (trail.at === undefined) this.#trails.delete(sessionId)
    }
    return isSeen
  }
}
