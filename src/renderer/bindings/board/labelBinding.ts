import { MAX_LABEL_LENGTH } from '../../../shared/board'
import { cutLabel, editLabel } from '../../../shared/board/ops'
import { isEdit, textOf, type RecordsOp } from '../../../shared/ot/records'
import { textType } from '../../../shared/ot/text'
import { replacement, type TextOp } from '../../../shared/ot/text/textOp'
import { isLowSurrogate } from '../../../shared/ot/text/unicode'
import type { BoardDocument } from './boardDocument'

/** The parts of a text field that a label is typed in. */
export type LabelField = Pick<
  HTMLTextAreaElement,
  | 'value'
  | 'selectionStart'
  | 'selectionEnd'
  | 'setSelectionRange'
  | 'addEventListener'
  | 'removeEventListener'
>

/** What a label's field says of itself. */
export interface LabelOptions {
  /** Milliseconds, rising. */
  readonly now: () => number
  /** The caret has moved. */
  readonly onCaret?: (offset: number) => void
  /** What was typed or pasted is longer than a label may be, and was cut. */
  readonly onCut?: () => void
}

/** Who has not typed for so long, in ms, begins a new step to undo. */
const NEW_STEP_MS = 800

/**
 * Ties a text field to one label: each change of the field is a text op, and whatever else changes the label, others or
 * a step taken back, comes into the field around the caret. While an input method composes, what others write waits.
 */
export class LabelBinding {
  /** The label as the field has it. */
  #label: string
  #isTyping = false
  #typed = -Infinity
  #release: (() => void) | undefined
  readonly #stops: (() => void)[]

  constructor(
    private readonly field: LabelField,
    private readonly doc: BoardDocument,
    private readonly id: string,
    private readonly options: LabelOptions,
  ) {
    this.#label = this.#current()
    field.value = this.#label
    const listen = (type: string, listener: () => void): (() => void) => {
      field.addEventListener(type, listener)
      return () => field.removeEventListener(type, listener)
    }
    this.#stops = [
      listen('input', () => this.#input()),
      listen('select', () => this.#tellCaret()),
      listen('keyup', () => this.#tellCaret()),
      listen('pointerup', () => this.#tellCaret()),
      listen('compositionstart', () => {
        this.#release ??= doc.page.hold()
      }),
      listen('compositionend', () => {
        this.#input()
        this.#letGo()
      }),
      doc.onNews(({ op }) => {
        if (!this.#isTyping) this.#receive(op)
      }),
    ]
  }

  dispose(): void {
    for (const stop of this.#stops) stop()
    this.#letGo()
  }

  #current(): string {
    const record = this.doc.board.record(this.id)
    return record === undefined ? '' : textOf(record, 'label')
  }

  #input(): void {
    const typed = this.field.value
    const text = cutLabel(typed)
    if (isTooLong(typed)) this.options.onCut?.()
    if (text !== typed) {
      const caret = Math.min(this.field.selectionStart, text.length)
      this.field.value = text
      this.field.setSelectionRange(caret, caret)
    }
    if (text === this.#label || this.doc.board.get(this.id) === undefined) return
    const op = typedOp(this.#label, text, this.field.selectionEnd)
    const now = this.options.now()
    const isNewLine = text.charAt(this.field.selectionEnd - 1) === '\n'
    if (isNewLine || now - this.#typed >= NEW_STEP_MS) this.doc.seal()
    this.#typed = now
    this.#isTyping = true
    try {
      this.doc.edit(editLabel(this.id, op), labelStep(this.id))
    } finally {
      this.#isTyping = false
    }
    this.#label = text
    this.#tellCaret()
  }

  #receive(op: RecordsOp): void {
    const change = op[this.id]
    if (change === undefined) return
    const label = this.#current()
    // Another shape may have been put in the place of this one, with a label of its own.
    const textOp = isEdit(change) ? change.texts?.['label'] : typedOp(this.#label, label, 0)
    if (textOp !== undefined) this.#show(label, textOp)
  }

  #show(label: string, op: TextOp): void {
    const start = textType.transformPosition(this.field.selectionStart, op)
    const end = textType.transformPosition(this.field.selectionEnd, op)
    this.#label = label
    this.field.value = label
    this.field.setSelectionRange(Math.min(start, label.length), Math.min(end, label.length))
  }

  #tellCaret(): void {
    this.options.onCaret?.(this.field.selectionEnd)
  }

  #letGo(): void {
    const release = this.#release
    this.#release = undefined
    release?.()
  }
}

/** Key of what is written into one label: edits in a row that have it are one step to undo. */
export function labelStep(id: string): string {
  return `label ${id}`
}

/** True for text that {@link cutLabel} makes shorter. */
export function isTooLong(text: string): boolean {
  return text.length > MAX_LABEL_LENGTH && text.replace(/\r\n/g, '\n').length > MAX_LABEL_LENGTH
}

/**
 * The op that typing made: what was typed ends at the caret, so of two ways to read a change in equal letters it
 * finds the one that was meant.
 */
export function typedOp(before: string, after: string, caret: number): TextOp {
  const tail = after.length - caret
  let end = 0
  while (
    end < tail &&
    end < before.length &&
    before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)
  )
    end++
  let start = 0
  const most = Math.min(before.length, after.length) - end
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start++
  // No op may cut a character of two units.
  if (isLowSurrogate(before.charCodeAt(start)) || isLowSurrogate(after.charCodeAt(start)))
    start = Math.max(0, start - 1)
  if (end > 0 && isLowSurrogate(before.charCodeAt(before.length - end))) end--
  return replacement(start, before.length - end, after.slice(start, after.length - end))
}
