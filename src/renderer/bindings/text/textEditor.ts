import { closeBrackets, closeBracketsKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap, indentWithTab, redo, undo } from '@codemirror/commands'
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language'
import { highlightSelectionMatches, openSearchPanel, search, searchKeymap } from '@codemirror/search'
import { Compartment, EditorState, type Extension, type Text } from '@codemirror/state'
import { dropCursor, EditorView, keymap, placeholder, rectangularSelection } from '@codemirror/view'
import { blockLines } from './blockLines'
import { ownSelection } from './caretBlink'
import { insertsMuch, isDense } from './density'
import { toggleBold, toggleItalic } from './formatting'
import { highlighting } from './highlight'
import { markdownSupport, sourceLanguage } from './language'
import { linkOpening } from './links'
import { listIndent } from './listIndent'
import { caretOfSession } from './remoteCarets'
import { createSearchPanel } from './searchPanel'
import { TextBinding, type TextPage } from './textBinding'

/** What may change while an editor lives. */
export interface TextEditorOptions {
  /** The page's title: a file name such as `main.py` chooses the language. */
  readonly title: string
  readonly readOnly: boolean
  /** Accessible name of the text. */
  readonly label: string
  readonly placeholder: string
  /** Texts of CodeMirror's own panels and announcements, by their English originals. */
  readonly phrases: Readonly<Record<string, string>>
  openLink(url: string): void
}

/** The editor of one page of text: everything a component needs to know of CodeMirror. */
export class TextEditor {
  readonly binding: TextBinding
  readonly #settings = new Compartment()
  readonly #language = new Compartment()
  #options: TextEditorOptions
  #languageName: string | undefined

  /** `page` has to be loaded. `onChange` is called after each change of the text on the screen. */
  constructor(page: TextPage, options: TextEditorOptions, onChange: (text: Text) => void) {
    this.#options = options
    this.binding = new TextBinding(page, [
      base,
      this.#settings.of(settingsOf(options)),
      this.#language.of(isDense(page.content) ? [] : markdownSupport()),
      EditorState.transactionExtender.of((transaction) =>
        insertsMuch(transaction) && isDense(transaction.newDoc)
          ? { effects: this.#language.reconfigure([]) }
          : null,
      ),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) onChange(update.state.doc)
      }),
    ])
    this.#chooseLanguage()
  }

  /** Applies new options to the living editor. */
  configure(options: TextEditorOptions): void {
    this.#options = options
    this.binding.dispatch({ effects: this.#settings.reconfigure(settingsOf(options)) })
    this.#chooseLanguage()
  }

  undo(): void {
    if (this.binding.view !== undefined) undo(this.binding.view)
  }

  redo(): void {
    if (this.binding.view !== undefined) redo(this.binding.view)
  }

  openSearch(): void {
    if (this.binding.view !== undefined) openSearchPanel(this.binding.view)
  }

  focus(): void {
    this.binding.view?.focus()
  }

  /** Scrolls to where another session is; false if it is not in this page. */
  goTo(sessionId: string): boolean {
    const { view } = this.binding
    const caret = view === undefined ? undefined : caretOfSession(view, sessionId)
    if (view === undefined || caret === undefined) return false
    view.dispatch({ effects: EditorView.scrollIntoView(caret, { y: 'center' }) })
    return true
  }

  #chooseLanguage(): void {
    const source = sourceLanguage(this.#options.title)
    if (source?.name === this.#languageName) return
    this.#languageName = source?.name
    if (source === undefined) {
      this.#setLanguage(isDense(this.binding.state.doc) ? [] : markdownSupport())
    } else {
      void source.load().then((support) => {
        if (this.#languageName === source.name) {
          this.#setLanguage([support, EditorView.contentAttributes.of({ class: 'is-source' })])
        }
      })
    }
  }

  #setLanguage(extension: Extension): void {
    this.binding.dispatch({ effects: this.#language.reconfigure(extension) })
  }
}

const base: Extension = [
  history(),
  ownSelection,
  dropCursor(),
  rectangularSelection(),
  EditorState.allowMultipleSelections.of(true),
  indentUnit.of('  '),
  indentOnInput(),
  bracketMatching(),
  closeBrackets(),
  highlightSelectionMatches({ minSelectionLength: 2 }),
  search({ top: true, createPanel: createSearchPanel }),
  EditorView.lineWrapping,
  highlighting,
  blockLines,
  listIndent,
  keymap.of([
    { key: 'Mod-b', run: toggleBold, preventDefault: true },
    { key: 'Mod-i', run: toggleItalic, preventDefault: true },
    ...closeBracketsKeymap,
    ...defaultKeymap,
    ...searchKeymap,
    ...historyKeymap,
    indentWithTab,
  ]),
]

function settingsOf(options: TextEditorOptions): Extension {
  return [
    EditorState.readOnly.of(options.readOnly),
    EditorState.phrases.of({ ...options.phrases }),
    placeholder(options.placeholder),
    linkOpening((url) => options.openLink(url)),
    EditorView.contentAttributes.of({
      'aria-label': options.label,
      'data-testid': 'editor',
      spellcheck: 'true',
      autocapitalize: 'sentences',
      // A touch screen's keyboard would cover half of what is there to be read.
      inputmode: options.readOnly ? 'none' : 'text',
    }),
  ]
}
