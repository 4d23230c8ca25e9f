import type { TextMeasure } from '../../shared/board/textLayout'
import type { BoardPerson } from '../bindings/board/boardPresence'
import type { BoardEditor } from './boardEditor'
import { InHand } from './inHand'
import { caretLine } from './labelCaret'
import type { Shape } from './model'
import type { OtherPerson } from './overlayPeople'
import type { Trails } from './trails'

/** A person's colours, by the index in the palette. */
export type PersonColours = (colour: number) => { readonly tone: string; readonly onTone: string }

/** What is seen of everybody else on a board. */
export class OthersOnBoard {
  list: readonly OtherPerson[] = []
  readonly #inHand: InHand

  constructor(
    private readonly editor: Pick<BoardEditor, 'board'>,
    private readonly trails: Trails,
    private readonly measure: TextMeasure,
    private readonly personColours: PersonColours,
    now: () => number,
  ) {
    this.#inHand = new InHand(now)
  }

  show(people: readonly BoardPerson[]): void {
    const here = new Set(people.map(({ person }) => person.sessionId))
    for (const { sessionId } of this.list) if (!here.has(sessionId)) this.trails.end(sessionId)
    this.list = people.map((person) => this.#seen(person))
  }

  /** Others have changed these shapes. */
  touch(ids: Iterable<string>): void {
    this.#inHand.touch(ids)
  }

  /** True where somebody was changing a shape a moment ago: what is seen of it changes by itself. */
  letGo(): boolean {
    return this.#inHand.letGo()
  }

  #seen({ person, pointer, isLaser, selected, caret }: BoardPerson): OtherPerson {
    const { tone, onTone } = this.personColours(person.colour)
    if (isLaser && pointer !== undefined) this.trails.add(person.sessionId, tone, pointer)
    else this.trails.end(person.sessionId)
    const ids = new Set(caret === undefined ? selected : [caret.shapeId, ...selected])
    const shapes = [...ids]
      .map((id) => this.editor.board.get(id))
      .filter((shape): shape is Shape => shape !== undefined)
    const [written] = shapes
    return {
      sessionId: person.sessionId,
      name: person.name,
      tone,
      onTone,
      pointer,
      selected: shapes,
      inHand: this.#inHand.of(selected),
      caret:
        caret === undefined || written?.id !== caret.shapeId
          ? undefined
          : caretLine(written, caret.offset, this.measure),
    }
  }
}
