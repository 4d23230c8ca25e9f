import { Board, MAX_COORDINATE, MAX_LABEL_LENGTH, MAX_STROKE_POINTS } from '../../../src/shared/board'
import { recordsType, type RecordsSnapshot } from '../../../src/shared/ot/records'
import { seenOfBoard } from '../board/seenOfBoard'
import type { Activity } from './activity'
import { marksOf } from './boardMarks'
import { BoardPerson } from './boardPerson'
import { Marks } from './marks'
import type { Window } from './participant'
import type { SeededRandom } from './seededRandom'
import type { World } from './world'

/** People who draw on one board. */
export class BoardActivity implements Activity {
  readonly kind = 'board'
  readonly marks = new Marks()
  readonly #people = new Map<Window, BoardPerson>()
  #ids = 0

  constructor(private readonly random: SeededRandom) {}

  act(window: Window): void {
    const person = this.#people.get(window) ?? this.#sitDown(window)
    // A hand that moves makes several edits within one frame.
    for (let count = 1 + this.random.below(3); count > 0; count--) person.act()
    if (this.random.chance(0.02)) checkBoard(window.name, person.doc.board, person.doc.page.content)
  }

  leave(window: Window): void {
    this.#people.get(window)?.leave()
    this.#people.delete(window)
  }

  async check(world: World, drafts: readonly string[]): Promise<void> {
    for (const [window, person] of this.#people)
      if (window.alive) checkBoard(window.name, person.doc.board, window.page.content as RecordsSnapshot)
    const content = world.alive[0]?.page.content as RecordsSnapshot
    checkLimits(content)
    this.#checkMarks(world, content, drafts)
    await checkNewcomer(world)
  }

  #sitDown(window: Window): BoardPerson {
    const person = new BoardPerson(
      window,
      this.marks,
      this.random,
      () => `S${String(this.#ids++).padStart(4, '0')}`,
    )
    this.#people.set(window, person)
    return person
  }

  /** Every letter, point and shape that was kept is there once, unless somebody deleted it or the server purged it. */
  #checkMarks(world: World, content: RecordsSnapshot, drafts: readonly string[]): void {
    for (const mark of this.marks.all.values()) {
      // Two who both take back that they deleted the same letters bring them back twice.
      if (mark.deleted || world.purged.has(mark.text)) continue
      const count = marksOf(content.records.get(mark.home)).filter((text) => text === mark.text).length
      const what = `what ${mark.by.name} put into ${mark.home} (${JSON.stringify(mark.text)})`
      if (count > 1) throw new Error(`${what} stands ${count} times`)
      if (count === 0 && mark.durable && !drafts.some((draft) => draft.includes(mark.text)))
        throw new Error(`${what} is lost${world.holders(mark.text)}`)
    }
  }
}

/** Throws unless a board that followed each op is what reading its content whole gives (X17). */
function checkBoard(name: string, board: Board, content: RecordsSnapshot): void {
  if (recordsType.serialise(board.snapshot) !== recordsType.serialise(content))
    throw new Error(`${name}: the board is not at the content of the page`)
  const [followed, whole] = [board, new Board(content)].map((each) => JSON.stringify(seenOfBoard(each)))
  if (followed !== whole)
    throw new Error(`${name}: the board differs from its content:\n${followed}\n${whole}`)
}

/** Throws where the content is over a limit of boards (X15). */
function checkLimits(content: RecordsSnapshot): void {
  for (const [id, { points, props, texts }] of content.records.entries()) {
    const numbers = JSON.stringify([points, props]).match(/-?\d+(\.\d+)?(e[-+]?\d+)?/g) ?? []
    const isFar = numbers.some((number) => Math.abs(Number(number)) > MAX_COORDINATE)
    const isLong = Object.values(texts ?? {}).some(({ length }) => length > MAX_LABEL_LENGTH)
    const isEndless = Object.values(points ?? {}).some(({ length }) => length > 3 * MAX_STROKE_POINTS)
    if (isFar || isLong || isEndless) throw new Error(`${id} is over a limit`)
  }
}

/** Whoever opens the page for the first time now gets from the server what the others show. */
async function checkNewcomer(world: World): Promise<void> {
  const newcomer = world.addDevice()
  await world.heal()
  // Something may have been purged meanwhile.
  const content = world.alive[0]?.page.content as RecordsSnapshot
  const theirs = world.alive.find(({ device }) => device === newcomer)?.page.content as RecordsSnapshot
  if (recordsType.serialise(theirs) !== recordsType.serialise(content))
    throw new Error('a newcomer is shown something else than the others')
}
