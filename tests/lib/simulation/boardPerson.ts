import { BoardDocument, type BoardPage } from '../../../src/renderer/bindings/board/boardDocument'
import { estimateLayout, MAX_LABEL_LENGTH, type Board, type Shape } from '../../../src/shared/board'
import {
  createShape,
  editLabel,
  extendStroke,
  moveShapes,
  resizeShapes,
  rotateShapes,
  settleInFrames,
} from '../../../src/shared/board/ops'
import { boundsOf, unionOf } from '../../../src/shared/board/geometry'
import { isEdit, recordsType, textOf, type RecordsOp } from '../../../src/shared/ot/records'
import { ACTION_KINDS, opOf } from '../board/boardActions'
import { insertedBy, MARK_PROP } from './boardMarks'
import type { Marks } from './marks'
import type { Window } from './participant'
import type { SeededRandom } from './seededRandom'
import { WatchedPage } from './watchedPage'

/** What a hand that is down is doing. */
type Gesture =
  | { readonly kind: 'draw'; readonly id: string }
  | { readonly kind: 'move' | 'resize' | 'rotate'; readonly ids: readonly string[] }

/** Enough of these in one label make it too long. */
const LONG_TEXT = 'long '.repeat(1_500)
/** Beyond, shapes are rather deleted than made: runs get no better by size. */
const MANY_SHAPES = 25

/** One person at one board in one window, from the opening of the page to its closing, who does what the tools do. */
export class BoardPerson {
  readonly doc: BoardDocument
  readonly #watched: WatchedPage
  #gesture: Gesture | undefined

  constructor(
    private readonly window: Window,
    private readonly marks: Marks,
    private readonly random: SeededRandom,
    readonly newId: () => string,
  ) {
    this.#watched = new WatchedPage(window.page as BoardPage, (removed) => {
      for (const mark of removed) this.marks.delete(mark)
    })
    this.doc = new BoardDocument(this.#watched.page, estimateLayout)
  }

  get board(): Board {
    return this.doc.board
  }

  act(): void {
    if (this.#gesture !== undefined && this.random.chance(0.8)) return this.#goOn(this.#gesture)
    const chance = this.random.next()
    if (chance < 0.12) this.#begin({ kind: 'draw', id: this.newId() })
    else if (chance < 0.24) this.#beginDrag()
    else if (chance < 0.45) this.#type()
    else if (chance < 0.57) this.#takeBack(() => this.doc.undo())
    else if (chance < 0.63) this.#takeBack(() => this.doc.redo())
    else if (chance < 0.67) this.doc.seal()
    else if (chance < 0.69) this.#look()
    else this.#edit(this.#anything())
  }

  /** The page is closed: what is under way is called off, as the app does. */
  leave(): void {
    this.#call('cancel')
    this.doc.dispose()
    this.#watched.stop()
  }

  #beginDrag(): void {
    const kind = this.random.pick(['move', 'move', 'resize', 'rotate'] as const) ?? 'move'
    const shape = this.random.pick(this.board.ordered)
    if (shape === undefined) return
    const other = this.random.chance(0.4) ? this.random.pick(this.board.ordered) : undefined
    this.#begin({ kind, ids: [...new Set([shape.id, ...(other === undefined ? [] : [other.id])])] })
  }

  #begin(gesture: Gesture): void {
    this.doc.begin()
    this.#gesture = gesture
    if (gesture.kind !== 'draw') return
    const { id } = gesture
    const [x, y] = [this.#offset(), this.#offset()]
    const type = this.random.chance(0.8) ? 'draw' : 'highlight'
    this.#edit(createShape(this.board, { id, type, x, y, path: this.#points(id, 1) }))
  }

  /** The hand moves on, is lifted, or Esc is pressed. Undo is asked for and does nothing meanwhile. */
  #goOn(gesture: Gesture): void {
    const chance = this.random.next()
    if (chance < 0.2) return this.#call('end')
    if (chance < 0.27) return this.#call('cancel')
    if (chance < 0.3) return this.#takeBack(() => this.doc.undo())
    this.#edit(this.#moved(gesture))
  }

  #moved(gesture: Gesture): RecordsOp {
    if (gesture.kind === 'draw')
      return extendStroke(this.board, gesture.id, this.#points(gesture.id, 1 + this.random.below(3)))
    const shapes = gesture.ids.map((id) => this.board.get(id)).filter((shape) => shape !== undefined)
    const [dx, dy] = [this.#offset() / 10, this.#offset() / 10]
    const box = unionOf(shapes.map(boundsOf))
    if (box === undefined) return {}
    switch (gesture.kind) {
      case 'move':
        return moveShapes(this.board, gesture.ids, dx, dy)
      case 'resize': {
        const target = { ...box, width: box.width + dx, height: box.height + dy }
        return resizeShapes(this.board, gesture.ids, { box, angle: 0 }, target)
      }
      case 'rotate':
        return rotateShapes(this.board, gesture.ids, dx / 100, { x: box.x, y: box.y })
    }
  }

  #call(how: 'end' | 'cancel'): void {
    const gesture = this.#gesture
    this.#gesture = undefined
    if (how === 'end') {
      if (gesture !== undefined) this.#edit(settleInFrames(this.board, this.#idsOf(gesture)))
      this.doc.end()
    } else this.#takeBack(() => this.doc.cancel())
  }

  #idsOf(gesture: Gesture): readonly string[] {
    return gesture.kind === 'draw' ? [gesture.id] : gesture.ids
  }

  /** Types into a label, mostly at its end or middle, or deletes from it. */
  #type(): void {
    const labelled = this.board.ordered.filter((shape) => 'label' in shape)
    // Mostly the lowest: there people meet.
    const shape = this.random.chance(0.5) ? labelled[0] : this.random.pick(labelled)
    const record = shape === undefined ? undefined : this.board.record(shape.id)
    if (shape === undefined || record === undefined) return
    const label = textOf(record, 'label')
    const at = this.random.chance(0.5) ? boundary(label, label.length >> 1) : label.length
    const mergeKey = `label ${shape.id}`
    if (this.random.chance(0.15) && at > 0) {
      const from = boundary(label, at - 1)
      this.#edit(editLabel(shape.id, [...(from > 0 ? [from] : []), from - at]), mergeKey)
      return
    }
    const isLong = this.random.chance(0.01)
    const letters = Array.from({ length: 1 + this.random.below(3) }, () =>
      this.marks.letter(this.window, shape.id),
    )
    const typed = letters.join('') + (isLong ? LONG_TEXT : '')
    if (label.length + typed.length > MAX_LABEL_LENGTH) return
    this.#edit(editLabel(shape.id, [...(at > 0 ? [at] : []), typed]), mergeKey)
  }

  /** Anything that takes one op. */
  #anything(): RecordsOp {
    const { random } = this
    let kind = random.pick(ACTION_KINDS) ?? 'create'
    if (kind === 'purge') kind = 'create'
    if (this.board.ordered.length > MANY_SHAPES && (kind === 'create' || kind === 'duplicate'))
      kind = 'delete'
    return opOf(this, {
      kind,
      which: Array.from({ length: 1 + random.below(3) }, () => random.next()),
      choice: random.next(),
      x: this.#offset(),
      y: this.#offset(),
      text: random.pick(['', 'a', 'b\n', '語', '🙂 c']) ?? '',
    })
  }

  #edit(op: RecordsOp, mergeKey?: string): void {
    const marked = this.#marked(op)
    this.doc.edit(marked, mergeKey)
    void this.marks.keep(this.window, insertedBy(marked))
  }

  /** The op, with a mark in each record that it puts. */
  #marked(op: RecordsOp): RecordsOp {
    const marked = Object.entries(op).map(([id, change]) => {
      if (isEdit(change) || change.put === undefined) return [id, change] as const
      const props = { ...change.put.props, [MARK_PROP]: this.marks.letter(this.window, id) }
      return [id, { ...change, put: { ...change.put, props } }] as const
    })
    return recordsType.parseOp(Object.fromEntries(marked))
  }

  #takeBack(run: () => unknown): void {
    this.#watched.isTakingBack = true
    run()
    this.#watched.isTakingBack = false
  }

  /** Selects a shape and points somewhere, which others see. */
  #look(): void {
    const shape: Shape | undefined = this.random.pick(this.board.ordered)
    const point = { point: [this.#offset(), this.#offset()] } as const
    this.window.page.setPlace([point, ...(shape === undefined ? [] : [{ record: shape.id }])])
  }

  #points(id: string, count: number): number[] {
    return Array.from({ length: count }, (_, i) => [this.marks.number(this.window, id), i, 0.5]).flat()
  }

  #offset(): number {
    return this.random.below(600) - 300
  }
}

/** The nearest place at or before `at` that does not cut a character. */
function boundary(text: string, at: number): number {
  return /^[\udc00-\udfff]/.test(text.slice(at, at + 1)) ? at - 1 : at
}
