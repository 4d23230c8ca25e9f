import { Variable } from '../../../client/observable'
import { MAX_PLACE } from '../../../shared/ot/places'
import type { RecordsPosition } from '../../../shared/ot/records'
import type { Person } from '../../../shared/protocol/values'
import type { Box, Point } from '../../../shared/board/shape'
import type { BoardPage } from './boardDocument'

/** Somebody else on this board, as they said last. */
export interface BoardPerson {
  readonly person: Person
  readonly pointer: Point | undefined
  readonly isLaser: boolean
  readonly view: Box | undefined
  /** Ids of what they have selected. */
  readonly selected: readonly string[]
  /** The shape whose label they write in, and where their caret is. */
  readonly caret: { readonly shapeId: string; readonly offset: number } | undefined
}

/** What others are told of this person. */
export interface OwnPlace {
  readonly pointer: Point | undefined
  readonly isLaser: boolean
  readonly view: Box
  readonly selected: readonly string[]
  readonly caret: { readonly shapeId: string; readonly offset: number } | undefined
}

/** Calls back after a time in ms; the returned function gives it up. */
export type After = (ms: number, callback: () => void) => () => void

/** A place is told at most this often, in ms: smooth to the eye, and bearable with fifty people. */
const TELL_EVERY_MS = 40

/** Tells others where this person points, what they see and have selected, and hears the same of them. */
export class BoardPresence {
  readonly others = new Variable<readonly BoardPerson[]>([])
  #own: OwnPlace | undefined
  #cancel: (() => void) | undefined
  #isNew = false
  readonly #stop: () => void

  constructor(
    private readonly page: BoardPage,
    private readonly after: After,
  ) {
    const read = (): void => this.others.set(page.others.value.map(personAt))
    this.#stop = page.others.subscribe(read)
    read()
  }

  tell(own: OwnPlace): void {
    this.#own = own
    this.#isNew = true
    if (this.#cancel === undefined) this.#send()
  }

  /** The page is off the screen: this person is not there any more. */
  leave(): void {
    this.#cancel?.()
    this.#cancel = undefined
    this.#own = undefined
    this.page.setPlace(null)
  }

  dispose(): void {
    this.leave()
    this.#stop()
  }

  #send(): void {
    if (!this.#isNew || this.#own === undefined) return
    this.#isNew = false
    this.page.setPlace(placeOf(this.#own))
    this.#cancel = this.after(TELL_EVERY_MS, () => {
      this.#cancel = undefined
      this.#send()
    })
  }
}

const round = (value: number): number => Math.round(value * 10) / 10

/** What one person does as a place of the protocol. */
export function placeOf(own: OwnPlace): RecordsPosition[] {
  const { pointer, isLaser, view, selected, caret } = own
  const place: RecordsPosition[] = [
    {
      view: [
        round(view.x),
        round(view.y),
        Math.max(0.1, round(view.width)),
        Math.max(0.1, round(view.height)),
      ],
    },
  ]
  if (pointer !== undefined) {
    const point = [round(pointer.x), round(pointer.y)] as const
    place.push(isLaser ? { point, laser: true } : { point })
  }
  if (caret !== undefined) place.push({ record: caret.shapeId, key: 'label', offset: caret.offset })
  for (const record of selected.slice(0, MAX_PLACE - place.length)) place.push({ record })
  return place
}

function personAt({ person, place }: { person: Person; place: readonly RecordsPosition[] }): BoardPerson {
  let pointer: Point | undefined
  let isLaser = false
  let view: Box | undefined
  let caret: BoardPerson['caret']
  const selected: string[] = []
  for (const position of place) {
    if ('point' in position) {
      pointer = { x: position.point[0], y: position.point[1] }
      isLaser = position.laser === true
    } else if ('view' in position) {
      const [x, y, width, height] = position.view
      view = { x, y, width, height }
    } else if (position.key === 'label' && position.offset !== undefined) {
      caret = { shapeId: position.record, offset: position.offset }
    } else selected.push(position.record)
  }
  return { person, pointer, isLaser, view, selected, caret }
}
