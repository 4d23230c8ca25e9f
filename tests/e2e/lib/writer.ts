import type { Participant } from './participant'

/** Words somebody may write. None holds a letter that the editor would complete, such as a bracket. */
const WORDS = [
  'boats',
  'pass',
  'under',
  'the',
  'bridge',
  'while',
  'we',
  'count',
  'them',
  'slowly',
  '汉字',
  '🙂',
]

/** Somebody who writes sentences on a line of their own, with mistakes that are taken back, and knows what is there. */
export class Writer {
  #written = ''
  #sentences = 0

  /** `delay` is the time between two keys, milliseconds. */
  constructor(
    readonly person: Participant,
    readonly name: string,
    private readonly delay: number,
  ) {}

  /** Everything this person has on the screen by their own doing. */
  get written(): string {
    return this.#written
  }

  /** Writes sentences until `isOver`. The caret is where the last one ended. */
  async writeUntil(isOver: () => boolean): Promise<void> {
    while (!isOver()) await this.writeSentence()
  }

  async writeSentence(): Promise<void> {
    const number = ++this.#sentences
    const words = Array.from({ length: 4 }, (_, index) => WORDS[(number * 5 + index * 3) % WORDS.length])
    const sentence = `${this.name} ${number} ${words.join(' ')}. `
    const { editor, page } = this.person
    await editor.type(sentence, this.delay)
    this.#written += sentence
    if (number % 3 !== 0) return
    await editor.type('mistke', this.delay)
    for (let letter = 0; letter < 'mistke'.length; letter++) {
      await page.keyboard.press('Backspace', { delay: this.delay })
    }
  }
}
