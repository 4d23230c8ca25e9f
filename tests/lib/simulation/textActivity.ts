import type { Text } from '@codemirror/state'
import { textType } from '../../../src/shared/ot/text'
import type { Activity } from './activity'
import { Marks } from './marks'
import type { Window } from './participant'
import type { SeededRandom } from './seededRandom'
import type { World } from './world'

/** People who type in one text, often at one place. */
export class TextActivity implements Activity {
  readonly kind = 'text'
  readonly marks = new Marks()

  constructor(
    private readonly random: SeededRandom,
    /** Typed characters are also deleted: then only doubles are looked for, not losses. */
    private readonly deletions: boolean,
  ) {}

  /** Types one to five new characters somewhere, or deletes some. */
  act(window: Window): void {
    const text = (window.page.content as Text).toString()
    if (this.deletions && text.length > 3 && this.random.chance(0.3)) {
      const at = this.random.below(text.length - 2)
      const length = 1 + this.random.below(2)
      for (const letter of text.slice(at, at + length)) this.marks.delete(letter)
      this.#edit(window, at, length, '')
      return
    }
    const letters = Array.from({ length: 1 + this.random.below(5) }, () => this.marks.letter(window))
    // Often at the same spot as others: ties are where transforming goes wrong.
    const at = this.random.chance(0.4) ? Math.floor(text.length / 2) : this.random.below(text.length + 1)
    this.#edit(window, at, 0, letters.join(''))
    void this.marks.keep(window, letters)
  }

  leave(): void {
    // A text has nothing under way.
  }

  check(world: World, drafts: readonly string[]): void {
    const text = (world.alive[0]?.page.content as Text).toString()
    for (const mark of this.marks.all.values()) {
      const count = text.split(mark.text).length - 1
      if (count > 1) throw new Error(`what ${mark.by.name} typed stands ${count} times`)
      const isLost = count === 0 && mark.durable && !mark.deleted && !this.deletions
      if (isLost && !drafts.some((draft) => draft.includes(mark.text)))
        throw new Error(
          `what ${mark.by.name} typed is lost (U+${mark.text.charCodeAt(0).toString(16)})${world.holders(mark.text)}`,
        )
    }
  }

  #edit(window: Window, at: number, deleted: number, inserted: string): void {
    const op = [
      ...(at > 0 ? [at] : []),
      ...(inserted === '' ? [] : [inserted]),
      ...(deleted > 0 ? [-deleted] : []),
    ]
    window.page.edit(textType.parseOp(op))
    if (this.random.chance(0.5)) window.page.setPlace([at, at])
  }
}
