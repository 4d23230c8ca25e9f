import {
  EditorState,
  Transaction,
  type Extension,
  type StateEffect,
  type Text,
  type TransactionSpec,
} from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import type { PageClient, Participant } from '../../../client/api'
import { textType } from '../../../shared/ot/text'
import type { TextOp } from '../../../shared/ot/text/textOp'
import { changesToOp, opToChanges } from './changes'
import { cleanInput } from './cleanInput'
import { holdWhileComposing } from './composition'
import { placeOfSelection } from './positions'
import { remoteCarets, setParticipants } from './remoteCarets'
import { remoteEdit } from './remoteEdit'

/** A page of text, as the engine gives it. */
export type TextPage = PageClient<Text, TextOp, number>

/**
 * Ties one page to one CodeMirror editor. The state outlives the view: while the page is not on the screen, what
 * others write goes into the state, so that undo history, selection and scroll position are still right when it
 * is shown again.
 *
 * Rule: outside of a call into this class, the state's document equals `page.content`.
 */
export class TextBinding {
  #state: EditorState
  #view: EditorView | undefined
  /** Restores the scroll position when the page is shown again. */
  #scroll: StateEffect<unknown> | undefined
  /** True while an edit of one's own is on its way into the page: others' places are shown after it. */
  #isEditing = false
  /** Whose change the editor showed last, if it may not have been measured since. */
  #unsettled: 'self' | 'others' | undefined
  #shownOthers: readonly Participant<number>[] = []
  readonly #stops: (() => void)[]

  /** `page` has to be loaded. */
  constructor(
    readonly page: TextPage,
    extensions: Extension,
  ) {
    this.#state = EditorState.create({
      doc: page.content,
      extensions: [
        extensions,
        cleanInput,
        remoteCarets,
        holdWhileComposing(() => page.hold()),
        EditorView.updateListener.of((update) => {
          if (update.transactions.some(isOwnMove)) {
            page.setPlace(placeOfSelection(update.state.selection))
          }
        }),
      ],
    })
    this.#stops = [
      page.onRemote((op, content) => this.#receive(op, content)),
      page.others.subscribe(() => this.#showOthers()),
    ]
    this.#showOthers()
  }

  get state(): EditorState {
    return this.#state
  }

  /** The editor on the screen. */
  get view(): EditorView | undefined {
    return this.#view
  }

  /** Shows the page in an element. */
  attach(parent: HTMLElement): EditorView {
    this.detach()
    const view = new EditorView({
      state: this.#state,
      parent,
      ...(this.#scroll === undefined ? {} : { scrollTo: this.#scroll }),
      dispatchTransactions: (transactions, target) => {
        this.#submit(transactions)
        this.#settleScroll(transactions, target)
        target.update(transactions)
        this.#state = target.state
      },
    })
    this.#view = view
    return view
  }

  /** Takes the page off the screen and says that its person is not there any more. */
  detach(): void {
    const view = this.#view
    if (view === undefined) return
    this.#scroll = view.scrollSnapshot()
    this.#view = undefined
    view.destroy()
    this.page.setPlace(null)
  }

  /** Ends the binding for good. */
  dispose(): void {
    this.detach()
    for (const stop of this.#stops) stop()
  }

  /** Changes the editor's state, on the screen or not. */
  dispatch(spec: TransactionSpec): void {
    if (this.#view !== undefined) this.#view.dispatch(spec)
    else {
      const transaction = this.#state.update(spec)
      this.#submit([transaction])
      this.#state = transaction.state
      if (transaction.docChanged) this.#scroll = this.#scroll?.map(transaction.changes)
    }
  }

  /**
   * CodeMirror keeps the view still when text above it changes, and brings the caret into view when its person
   * types, but only with the next frame. Whatever comes before that makes it forget what others changed, be it only
   * where their carets are, and a change of theirs makes it forget the caret: then the view would jump. So what
   * came before is measured first.
   */
  #settleScroll(transactions: readonly Transaction[], view: EditorView): void {
    const source = transactions.some((transaction) => transaction.annotation(remoteEdit)) ? 'others' : 'self'
    const isChange = transactions.some((transaction) => transaction.docChanged)
    if (this.#unsettled === 'others' || (isChange && this.#unsettled !== source)) {
      view.lineBlockAtHeight(0)
      this.#unsettled = undefined
    }
    if (isChange) this.#unsettled = source
  }

  /** Gives the page what its person did, before the editor shows it: where it throws, nothing has happened. */
  #submit(transactions: readonly Transaction[]): void {
    this.#isEditing = true
    try {
      for (const transaction of transactions) {
        if (!transaction.docChanged || transaction.annotation(remoteEdit) === true) continue
        this.page.edit(changesToOp(transaction.changes, transaction.startState.doc))
      }
    } finally {
      this.#isEditing = false
    }
    if (transactions.some((transaction) => transaction.docChanged)) queueMicrotask(() => this.#showOthers())
  }

  #receive(op: TextOp, content: Text): void {
    // The op fits by the rule above. Should it ever not, the content is what counts.
    const fits = lengthAfter(op, this.#state.doc.length) === content.length
    this.dispatch({
      changes: opToChanges(fits ? op : textType.diff(this.#state.doc, content)),
      annotations: [remoteEdit.of(true), Transaction.remote.of(true), Transaction.addToHistory.of(false)],
      // Filters are for what a person does.
      filter: false,
    })
  }

  #showOthers(): void {
    const others = this.page.others.value
    if (this.#isEditing || others === this.#shownOthers) return
    this.#shownOthers = others
    this.dispatch({ effects: setParticipants.of(others) })
  }
}

/** Length of a text of `length` units after `op`. */
function lengthAfter(op: TextOp, length: number): number {
  let after = length
  for (const part of op) {
    if (typeof part === 'string') after += part.length
    else if (part < 0) after += part
  }
  return after
}

/** True where the window's person edited or moved the caret. */
function isOwnMove(transaction: Transaction): boolean {
  return (
    transaction.annotation(remoteEdit) !== true &&
    (transaction.docChanged || transaction.selection !== undefined)
  )
}
