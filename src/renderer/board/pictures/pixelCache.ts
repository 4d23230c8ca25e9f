import type { DecodePicture, Pixels } from './decodePicture'

/** Sizes that pictures are decoded at are powers of two, so that a zoom does not decode with each step. */
const SMALLEST = 64
/** The longest side that is decoded: larger only shows at zooms where a part of the picture fills the screen. */
const LARGEST = 4096
/** Decodings at a time. Each holds the whole picture for a moment, however small it is wanted. */
const MAX_DECODING = 2
/** Pixels are four bytes each. */
const BYTES_PER_PIXEL = 4

interface Level<P> {
  readonly pixels: P
  readonly bytes: number
  /** Rises with each use. */
  lastUsed: number
}

interface Entry<P> {
  /** Undefined until it was decoded for the first time. */
  size: Size | undefined
  /** By the length of the longer side. */
  readonly levels: Map<number, Level<P>>
  /** The side that is being decoded or waits for it. */
  wanted: number | undefined
  /** The largest side there was room for, where that was less than wanted. */
  cap: number
  /** The level that was shown last. */
  latest: number | undefined
  isBroken: boolean
}

interface Size {
  readonly width: number
  readonly height: number
}

export interface PixelCacheOptions<P extends Pixels> {
  /** Most bytes of pixels that are kept. */
  readonly maxBytes: number
  readonly decode: DecodePicture<P>
  /** Bytes of a picture; undefined once they are gone. */
  bytesOf(id: string): Blob | undefined
  /** A picture looks different: sharper, or broken. */
  changed(id: string): void
}

/**
 * Pictures as pixels, each at the sizes it is shown at, as far as memory allows: what was shown longest ago goes
 * first. Asking never waits; the picture is told of once it is decoded.
 */
export class PixelCache<P extends Pixels> {
  readonly #entries = new Map<string, Entry<P>>()
  readonly #queue: string[] = []
  #visible: ReadonlySet<string> = new Set()
  #decoding = 0
  #bytes = 0
  /** Bytes of what is being decoded now. */
  #reserved = 0
  #uses = 0
  #isStopped = false

  constructor(private readonly options: PixelCacheOptions<P>) {}

  /** Bytes of pixels that are kept. */
  get bytes(): number {
    return this.#bytes
  }

  /** The size of a picture, once it was decoded. */
  sizeOf(id: string): Size | undefined {
    return this.#entries.get(id)?.size
  }

  /**
   * The picture for a longer side of `side` device pixels, or the best there is until that is decoded; `broken` for
   * what cannot be decoded.
   */
  get(id: string, side: number): P | 'broken' | undefined {
    const entry = this.#entryOf(id)
    if (entry.isBroken) return 'broken'
    const level = this.#levelFor(entry, side)
    if (!entry.levels.has(level)) this.#want(id, entry, level)
    const best = bestLevel(entry.levels.keys(), level)
    const found = best === undefined ? undefined : entry.levels.get(best)
    if (found === undefined) return undefined
    found.lastUsed = ++this.#uses
    entry.latest = best
    return found.pixels
  }

  /** What {@link get} would give now, without asking for more. */
  peek(id: string): P | 'broken' | undefined {
    const entry = this.#entries.get(id)
    if (entry === undefined || entry.isBroken) return entry === undefined ? undefined : 'broken'
    const best = bestLevel(entry.levels.keys(), SMALLEST)
    return best === undefined ? undefined : entry.levels.get(best)?.pixels
  }

  /** Which pictures are in view or near it. The others are freed until what is kept takes half of the room. */
  see(visible: ReadonlySet<string>): void {
    this.#visible = visible
    this.#freeUnseen(this.options.maxBytes / 2)
    for (const entry of this.#entries.values()) entry.cap = LARGEST
  }

  /** Forgets a picture: its bytes are others now, or gone. */
  forget(id: string): void {
    const entry = this.#entries.get(id)
    if (entry === undefined) return
    for (const key of [...entry.levels.keys()]) this.#free(id, key)
    this.#entries.delete(id)
  }

  stop(): void {
    this.#isStopped = true
    this.#queue.length = 0
    for (const id of [...this.#entries.keys()]) this.forget(id)
  }

  #entryOf(id: string): Entry<P> {
    let entry = this.#entries.get(id)
    if (entry === undefined) {
      entry = {
        size: undefined,
        levels: new Map(),
        wanted: undefined,
        cap: LARGEST,
        latest: undefined,
        isBroken: false,
      }
      this.#entries.set(id, entry)
    }
    return entry
  }

  /** The level for a length on the screen, at most the picture's own and what there is room for. */
  #levelFor(entry: Entry<P>, side: number): number {
    const { size } = entry
    const own = size === undefined ? LARGEST : Math.max(size.width, size.height)
    const most = Math.min(own, entry.cap)
    let level = SMALLEST
    while (level < side && level < most) level *= 2
    return Math.min(level, most)
  }

  #want(id: string, entry: Entry<P>, level: number): void {
    const isWaiting = entry.wanted !== undefined
    entry.wanted = level
    if (isWaiting) return
    this.#queue.push(id)
    this.#next()
  }

  #next(): void {
    while (this.#decoding < MAX_DECODING) {
      // What was asked for last is what is looked at.
      const id = this.#queue.pop()
      if (id === undefined) return
      this.#decoding++
      void this.#decode(id).finally(() => {
        this.#decoding--
        this.#next()
      })
    }
  }

  async #decode(id: string): Promise<void> {
    const entry = this.#entries.get(id)
    const blob = this.options.bytesOf(id)
    if (entry?.wanted === undefined || blob === undefined) {
      if (entry !== undefined) entry.wanted = undefined
      return
    }
    try {
      entry.size ??= await this.#measure(blob)
      const level = this.#makeRoom(entry, entry.size, this.#levelFor(entry, entry.wanted))
      if (!entry.levels.has(level)) await this.#decodeAt(id, entry, level, blob, scaled(entry.size, level))
    } catch {
      // Whatever a browser says of it, it does not show this picture; and as its bytes never change, it never will.
      entry.isBroken = true
    }
    entry.wanted = undefined
    if (!this.#isStopped) this.options.changed(id)
  }

  async #decodeAt(id: string, entry: Entry<P>, level: number, blob: Blob, size: Size): Promise<void> {
    const bytes = bytesOf(size)
    this.#reserved += bytes
    try {
      this.#keep(id, entry, level, await this.options.decode(blob, size))
    } finally {
      this.#reserved -= bytes
    }
  }

  async #measure(blob: Blob): Promise<Size> {
    const pixels = await this.options.decode(blob)
    const { width, height } = pixels
    pixels.close()
    return { width, height }
  }

  /** Frees what is not in view; the largest level up to `level` that there is room for then. */
  #makeRoom(entry: Entry<P>, size: Size, level: number): number {
    let side = level
    while (side > SMALLEST && !this.#hasRoom(bytesOf(scaled(size, side)))) side = Math.max(SMALLEST, side / 2)
    // Asked for again with each repaint, it would drive out what lies beside it, and that would drive out this.
    if (side < level) entry.cap = side
    return side
  }

  #hasRoom(bytes: number): boolean {
    const goal = this.options.maxBytes - this.#reserved - bytes
    if (this.#bytes > goal) this.#freeUnseen(goal)
    return this.#bytes <= goal
  }

  #freeUnseen(goal: number): void {
    if (this.#bytes <= goal) return
    for (const [id, key] of this.#byUse()) {
      if (this.#bytes <= goal) return
      const isBest = this.#entries.get(id)?.latest === key
      if (!this.#visible.has(id) || !isBest) this.#free(id, key)
    }
  }

  #keep(id: string, entry: Entry<P>, level: number, pixels: P): void {
    if (this.#isStopped || this.#entries.get(id) !== entry) {
      pixels.close()
      return
    }
    const bytes = bytesOf(pixels)
    entry.latest = level
    entry.levels.set(level, { pixels, bytes, lastUsed: ++this.#uses })
    this.#bytes += bytes
  }

  #free(id: string, key: number): void {
    const entry = this.#entries.get(id)
    const level = entry?.levels.get(key)
    if (entry === undefined || level === undefined) return
    entry.levels.delete(key)
    this.#bytes -= level.bytes
    level.pixels.close()
  }

  /** Every level that is kept, the one used longest ago first. */
  #byUse(): (readonly [id: string, key: number])[] {
    const all: (readonly [string, number, number])[] = []
    for (const [id, { levels }] of this.#entries)
      for (const [key, { lastUsed }] of levels) all.push([id, key, lastUsed])
    return all.sort((a, b) => a[2] - b[2]).map(([id, key]) => [id, key])
  }
}

/** The smallest level that is large enough, or else the largest. */
function bestLevel(levels: Iterable<number>, wanted: number): number | undefined {
  const sorted = [...levels].sort((a, b) => a - b)
  return sorted.find((level) => level >= wanted) ?? sorted.at(-1)
}

/** The size with its longer side of a length. */
function scaled({ width, height }: Size, side: number): Size {
  const scale = side / Math.max(width, height)
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

function bytesOf({ width, height }: Size): number {
  return width * height * BYTES_PER_PIXEL
}
