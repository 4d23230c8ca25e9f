import { EditorSelection, StateEffect, StateField, type Extension } from '@codemirror/state'
import { layer, RectangleMarker, type EditorView, type LayerMarker } from '@codemirror/view'
import type { Participant } from '../../../client/api'
import { rangesOfPlace, type TextRange } from './positions'

/** Somebody else in this page. */
interface RemoteCaret {
  readonly sessionId: string
  readonly name: string
  readonly colour: number
  /** The main range first. */
  readonly ranges: readonly TextRange[]
  /** Counts this person's own moves; each shows the name flag anew. */
  readonly moves: number
}

/** Says where the others are, in coordinates of the document after the transaction. */
export const setParticipants = StateEffect.define<readonly Participant<number>[]>()

const caretsField = StateField.define<readonly RemoteCaret[]>({
  create: () => [],
  update(carets, transaction) {
    let next = carets
    if (transaction.docChanged) {
      next = carets.map((caret) => ({
        ...caret,
        ranges: caret.ranges.map(({ anchor, head }) => ({
          anchor: transaction.changes.mapPos(anchor, -1),
          head: transaction.changes.mapPos(head, -1),
        })),
      }))
    }
    for (const effect of transaction.effects) {
      if (effect.is(setParticipants)) next = merge(next, effect.value, transaction.newDoc.length)
    }
    return next
  },
})

function merge(
  carets: readonly RemoteCaret[],
  participants: readonly Participant<number>[],
  length: number,
): readonly RemoteCaret[] {
  const before = new Map(carets.map((caret) => [caret.sessionId, caret]))
  return participants.map(({ person, place }) => {
    const ranges = rangesOfPlace(place, length)
    const old = before.get(person.sessionId)
    const hasMoved = old === undefined || !rangesEqual(old.ranges, ranges)
    return {
      sessionId: person.sessionId,
      name: person.name,
      colour: person.colour,
      ranges,
      moves: (old?.moves ?? 0) + (hasMoved ? 1 : 0),
    }
  })
}

function rangesEqual(a: readonly TextRange[], b: readonly TextRange[]): boolean {
  return (
    a.length === b.length && a.every((range, i) => range.anchor === b[i]?.anchor && range.head === b[i]?.head)
  )
}

/** A caret with its owner's name on a flag. */
class CaretMarker implements LayerMarker {
  constructor(
    private readonly caret: RemoteCaret,
    /** Which of the person's carets this is; the main one carries the flag. */
    private readonly index: number,
    private readonly place: { left: number; top: number; height: number },
    private readonly flagToTheLeft: boolean,
  ) {}

  eq(other: LayerMarker): boolean {
    return (
      other instanceof CaretMarker &&
      other.caret.sessionId === this.caret.sessionId &&
      other.caret.name === this.caret.name &&
      other.caret.colour === this.caret.colour &&
      other.caret.moves === this.caret.moves &&
      other.index === this.index &&
      other.flagToTheLeft === this.flagToTheLeft &&
      other.place.left === this.place.left &&
      other.place.top === this.place.top &&
      other.place.height === this.place.height
    )
  }

  draw(): HTMLElement {
    const element = document.createElement('div')
    element.append(document.createElement('span'))
    this.show(element)
    return element
  }

  update(element: HTMLElement, old: LayerMarker): boolean {
    if (
      !(old instanceof CaretMarker) ||
      old.caret.sessionId !== this.caret.sessionId ||
      old.index !== this.index
    ) {
      return false
    }
    this.show(element)
    return true
  }

  private show(element: HTMLElement): void {
    const { left, top, height } = this.place
    // Two classes with the same animation: changing from one to the other plays it again.
    const beat = this.caret.moves % 2 === 0 ? 'is-even' : 'is-odd'
    const side = this.flagToTheLeft ? ' is-flag-left' : ''
    element.className = `remote-caret person-${this.caret.colour} ${beat}${side}`
    element.style.left = `${left}px`
    element.style.top = `${top}px`
    element.style.height = `${height}px`
    const flag = element.firstElementChild
    const name = this.index === 0 ? this.caret.name : ''
    if (flag !== null && flag.textContent !== name) flag.textContent = name
  }
}

/** Room a name flag needs to the right of its caret, in pixels. */
const FLAG_WIDTH = 140

const caretLayer = layer({
  above: true,
  class: 'remote-carets',
  update: (update) => update.docChanged || hasParticipants(update.transactions),
  markers: (view) =>
    view.state.field(caretsField).flatMap((caret) =>
      caret.ranges.flatMap(({ head }, index) => {
        const [place] = RectangleMarker.forRange(view, '', EditorSelection.cursor(head))
        if (place === undefined) return []
        const isAtRightEdge = place.left + FLAG_WIDTH > view.scrollDOM.clientWidth
        return [new CaretMarker(caret, index, place, isAtRightEdge)]
      }),
    ),
})

const selectionLayer = layer({
  above: false,
  class: 'remote-selections',
  update: (update) => update.docChanged || hasParticipants(update.transactions),
  markers: (view: EditorView) =>
    view.state
      .field(caretsField)
      .flatMap(({ ranges, colour }) =>
        ranges
          .filter(({ anchor, head }) => anchor !== head)
          .flatMap(({ anchor, head }) =>
            RectangleMarker.forRange(
              view,
              `remote-selection person-${colour}`,
              EditorSelection.range(anchor, head),
            ),
          ),
      ),
})

function hasParticipants(transactions: readonly { effects: readonly StateEffect<unknown>[] }[]): boolean {
  return transactions.some(({ effects }) => effects.some((effect) => effect.is(setParticipants)))
}

/** Shows where others are. Drawn in layers beside the text, so that no input method meets foreign elements. */
export const remoteCarets: Extension = [caretsField, caretLayer, selectionLayer]

/** Where the session's caret is, if it is in this page. */
export function caretOfSession(view: EditorView, sessionId: string): number | undefined {
  return view.state.field(caretsField).find((caret) => caret.sessionId === sessionId)?.ranges[0]?.head
}
