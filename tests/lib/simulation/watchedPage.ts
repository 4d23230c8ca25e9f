import type { BoardPage } from '../../../src/renderer/bindings/board/boardDocument'
import type { RecordsOp, RecordsSnapshot } from '../../../src/shared/ot/records'
import { insertedBy, marksOf, writtenBy } from './boardMarks'

/**
 * The page under a board's document. Knows, of everything that undo could write over, whether this window or somebody
 * else wrote it last, and throws where taking back or doing again touches what is somebody else's (X12).
 */
export class WatchedPage {
  readonly page: BoardPage
  /** True while a step is taken back or done again. */
  isTakingBack = false
  /** What others wrote last: a property, or whether a shape is there. */
  readonly #foreign = new Set<string>()
  /** Letters and points that this window inserted last. */
  readonly #own = new Set<string>()
  readonly #listeners = new Set<(op: RecordsOp, content: RecordsSnapshot) => void>()
  /** The content as it was when it was changed last. */
  #seen: RecordsSnapshot
  readonly #stop: () => void

  constructor(
    private readonly real: BoardPage,
    /** Called with the marks that an edit of this window has taken out. */
    private readonly onRemoved: (marks: readonly string[]) => void,
  ) {
    this.#seen = real.content
    this.#stop = real.onRemote((op, content) => this.#remote(op, content))
    this.page = {
      pageId: real.pageId,
      kind: real.kind,
      type: real.type,
      saveState: real.saveState,
      others: real.others,
      get content() {
        return real.content
      },
      edit: (op) => this.#edit(op),
      onRemote: (listener) => {
        this.#listeners.add(listener)
        return () => this.#listeners.delete(listener)
      },
      setPlace: (place) => real.setPlace(place),
      hold: () => real.hold(),
    }
  }

  stop(): void {
    this.#stop()
  }

  #edit(op: RecordsOp): void {
    const before = this.real.content
    this.real.edit(op)
    const after = this.real.content
    this.#seen = after
    const removed = Object.keys(op).flatMap((id) => {
      const kept = new Set(marksOf(after.records.get(id)))
      return marksOf(before.records.get(id)).filter((mark) => !kept.has(mark))
    })
    if (this.isTakingBack) this.#checkOwn(op, removed)
    for (const name of writtenBy(op)) this.#foreign.delete(name)
    for (const mark of insertedBy(op)) this.#own.add(mark)
    this.onRemoved(removed)
  }

  #checkOwn(op: RecordsOp, removed: readonly string[]): void {
    const written = writtenBy(op).find((name) => this.#foreign.has(name))
    if (written !== undefined) throw new Error(`undo wrote ${written}, which somebody else wrote last`)
    const letter = removed.find((mark) => !this.#own.has(mark))
    if (letter !== undefined)
      throw new Error(`undo deleted ${JSON.stringify(letter)}, which somebody else inserted`)
  }

  #remote(op: RecordsOp, content: RecordsSnapshot): void {
    for (const name of writtenBy(op)) this.#foreign.add(name)
    // A difference may write again what was there: that is nobody else's for it.
    const kept = new Set(Object.keys(op).flatMap((id) => marksOf(this.#seen.records.get(id))))
    for (const mark of insertedBy(op)) if (!kept.has(mark)) this.#own.delete(mark)
    this.#seen = content
    for (const listener of [...this.#listeners]) listener(op, content)
  }
}
