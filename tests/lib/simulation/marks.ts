import type { Window } from './participant'

/** First of the characters that edits insert: private use, one for each, so that each can be counted. */
const FIRST_LETTER = 0xe000
const LETTERS = 0x1900
/** First of the numbers: none that something else comes to by chance. */
const FIRST_NUMBER = 1000.37

/** Something that was inserted once, whether its window's cache held it, and whether somebody has deleted it since. */
export interface Mark {
  /** As it stands in JSON: a character, or a number. */
  readonly text: string
  readonly by: Window
  /** Where it was inserted. */
  readonly home: string
  durable: boolean
  deleted: boolean
}

/** What people of one world inserted, each a mark that no other insertion has. */
export class Marks {
  readonly all = new Map<string, Mark>()
  #letters = 0
  #numbers = 0

  /** A new character, inserted by `by` into `home`: a page, a record. */
  letter(by: Window, home = ''): string {
    if (this.#letters === LETTERS)
      throw new RangeError('a run inserts more characters than can be told apart')
    const text = String.fromCharCode(FIRST_LETTER + this.#letters)
    this.#letters += 1
    this.#add(text, by, home)
    return text
  }

  /** A new number. */
  number(by: Window, home = ''): number {
    const number = FIRST_NUMBER + this.#numbers
    this.#numbers += 1
    this.#add(String(number), by, home)
    return number
  }

  delete(text: string): void {
    const mark = this.all.get(text)
    if (mark !== undefined) mark.deleted = true
  }

  /** Notes which of these are in the window's cache, once they are. */
  async keep(window: Window, texts: readonly string[]): Promise<void> {
    try {
      await window.client.written()
    } catch {
      // The disk was full or the window was killed: nobody was told that these are kept.
      return
    }
    for (const text of texts) {
      const mark = this.all.get(text)
      if (mark !== undefined) mark.durable = true
    }
  }

  /** What does not occur in `held`, everything that is on any disk, cannot come back. */
  forgetAllBut(held: string): void {
    for (const mark of this.all.values()) if (!held.includes(mark.text)) mark.durable = false
  }

  #add(text: string, by: Window, home: string): void {
    this.all.set(text, { text, by, home, durable: false, deleted: false })
  }
}
