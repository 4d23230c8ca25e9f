import type { Box } from '../../../shared/board/shape'
import type { ThemeName } from '../draw/colours'
import type { TakenPicture } from './boardPreview'

/** Pixels of a preview's longer side, at most. The overview it is a copy of has 1024 until the board grows. */
export const PREVIEW_SIDE = 1280
/** A picture is taken when the board has not changed for so long, in ms: not while people draw. */
const REST_MS = 3_000
/** Of WebP, up to 1. At 0.8 letters and thin lines are as clear as they are at this size, in half the bytes of 0.95. */
const QUALITY = 0.8

/** What pictures are taken of, and where they go. */
export interface PreviewSubject {
  /**
   * True where the board is to be seen as it is: not while a label is open, shapes are in somebody's hand or a stroke is
   * being drawn, or with a grid that is this person's own.
   */
  isPlain(): boolean
  isEmpty(): boolean
  /** What it is drawn in now. */
  theme(): ThemeName
  /** The whole board, at most so many pixels wide and high; undefined while not all of it is painted. */
  take(maxSide: number): TakenPicture | undefined
  /** Has what is missing painted, in idle frames; {@link PreviewKeeper.painted} is called then. */
  paint(): void
  /** Names what the board shows now: pictures taken under one mark are the same. Undefined where that cannot be said. */
  mark(): string | undefined
  /** The mark of the picture that is kept in a theme. */
  kept(theme: ThemeName): string | undefined
  keep(theme: ThemeName, bounds: Box, bytes: Uint8Array, mark: string | undefined): Promise<void>
  forget(): Promise<void>
}

/**
 * Keeps a picture of a board for the next time it is opened: taken once the board has rested, and when it leaves the
 * screen, if it has changed since the last one, also one of an earlier time. A picture less is no harm.
 */
export class PreviewKeeper {
  #isStale = true
  #isRested = false
  #isStoring = false
  #cancel: (() => void) | undefined
  #isStopped = false

  constructor(
    private readonly subject: PreviewSubject,
    /** Calls back after a time in ms; the returned function gives it up. */
    private readonly after: (ms: number, callback: () => void) => () => void,
  ) {
    this.#rest()
  }

  /** The board looks different. */
  changed(): void {
    if (this.#isStopped) return
    this.#isStale = true
    this.#rest()
  }

  /** All of the board may be painted now. */
  painted(): void {
    if (this.#isRested) this.#take()
  }

  /** The board leaves the screen. */
  stop(): void {
    this.#isStopped = true
    this.#cancel?.()
    this.#take()
  }

  #rest(): void {
    this.#isRested = false
    this.#cancel?.()
    this.#cancel = this.after(REST_MS, () => {
      this.#isRested = true
      this.#take()
      if (this.#isStale) this.subject.paint()
    })
  }

  /** One after the other: encoding takes a thread and the memory of a picture. */
  #take(): void {
    const { subject } = this
    if (!this.#isStale || this.#isStoring || !subject.isPlain()) return
    const mark = subject.mark()
    if (mark !== undefined && mark === subject.kept(subject.theme())) {
      this.#isStale = false
      return
    }
    const taken = subject.isEmpty() ? 'empty' : subject.take(PREVIEW_SIDE)
    if (taken === undefined) return
    this.#isStale = false
    this.#isStoring = true
    void this.#store(taken, subject.theme(), mark).finally(() => {
      this.#isStoring = false
      if (this.#isRested) this.#take()
    })
  }

  async #store(taken: TakenPicture | 'empty', theme: ThemeName, mark: string | undefined): Promise<void> {
    if (taken === 'empty') return this.subject.forget()
    try {
      // WebP, which browsers encode in a thread of its own; one that cannot makes a PNG of it.
      const blob = await taken.canvas.convertToBlob({ type: 'image/webp', quality: QUALITY })
      await this.subject.keep(theme, taken.bounds, new Uint8Array(await blob.arrayBuffer()), mark)
    } catch (error) {
      // The browser is out of memory for it.
      if (!(error instanceof DOMException)) throw error
    }
  }
}
