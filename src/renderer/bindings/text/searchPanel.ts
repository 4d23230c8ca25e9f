import {
  closeSearchPanel,
  findNext,
  findPrevious,
  getSearchQuery,
  replaceAll,
  replaceNext,
  SearchQuery,
  setSearchQuery,
} from '@codemirror/search'
import { runScopeHandlers, type EditorView, type Panel, type ViewUpdate } from '@codemirror/view'

/** Matches are counted up to here, and in texts up to this many UTF-16 units: counting must not slow down typing. */
const MAX_COUNT = 999
const MAX_COUNTED_LENGTH = 1_000_000

const OPTION_NAMES = ['caseSensitive', 'wholeWord', 'regexp'] as const
type OptionName = (typeof OPTION_NAMES)[number]

/** The panel for finding and replacing. Its texts come from the editor's phrases. */
export function createSearchPanel(view: EditorView): Panel {
  return new SearchPanel(view)
}

class SearchPanel implements Panel {
  readonly dom = document.createElement('div')
  readonly top = true
  readonly #find: HTMLInputElement
  readonly #replace: HTMLInputElement
  readonly #count = document.createElement('span')
  readonly #options: Readonly<Record<OptionName, HTMLButtonElement>>
  #query: SearchQuery

  constructor(private readonly view: EditorView) {
    this.#query = getSearchQuery(view.state)
    this.#find = this.#input('Find', this.#query.search)
    this.#find.setAttribute('main-field', 'true')
    this.#replace = this.#input('Replace', this.#query.replace)
    this.#options = {
      caseSensitive: this.#option('Aa', 'match case', this.#query.caseSensitive),
      wholeWord: this.#option('W', 'by word', this.#query.wholeWord),
      regexp: this.#option('.*', 'regexp', this.#query.regexp),
    }
    this.#count.className = 'find-count'
    this.#count.setAttribute('role', 'status')

    this.dom.className = 'find'
    this.dom.setAttribute('role', 'search')
    this.dom.append(
      this.#row(
        this.#find,
        this.#count,
        ...Object.values(this.#options),
        this.#button('↑', 'previous', findPrevious),
        this.#button('↓', 'next', findNext),
        this.#button('×', 'close', closeSearchPanel),
      ),
    )
    if (!view.state.readOnly) {
      this.dom.append(
        this.#row(
          this.#replace,
          this.#wordButton('replace', replaceNext),
          this.#wordButton('replace all', replaceAll),
        ),
      )
    }
    this.dom.addEventListener('keydown', (event) => this.#onKey(event))
    this.#showCount()
  }

  mount(): void {
    this.#find.select()
  }

  update(update: ViewUpdate): void {
    for (const transaction of update.transactions) {
      for (const effect of transaction.effects) {
        if (effect.is(setSearchQuery) && !effect.value.eq(this.#query)) this.#take(effect.value)
      }
    }
    if (update.docChanged || update.selectionSet) this.#showCount()
  }

  #take(query: SearchQuery): void {
    this.#query = query
    this.#find.value = query.search
    this.#replace.value = query.replace
    for (const name of OPTION_NAMES) {
      this.#options[name].setAttribute('aria-pressed', String(query[name]))
    }
    this.#showCount()
  }

  #commit(): void {
    const isOn = (name: OptionName): boolean => this.#options[name].getAttribute('aria-pressed') === 'true'
    const query = new SearchQuery({
      search: this.#find.value,
      replace: this.#replace.value,
      caseSensitive: isOn('caseSensitive'),
      wholeWord: isOn('wholeWord'),
      regexp: isOn('regexp'),
    })
    if (query.eq(this.#query)) return
    this.#query = query
    this.view.dispatch({ effects: setSearchQuery.of(query) })
    this.#showCount()
  }

  #onKey(event: KeyboardEvent): void {
    if (runScopeHandlers(this.view, event, 'search-panel')) event.preventDefault()
    else if (event.key === 'Enter' && !event.isComposing) {
      if (event.target === this.#find) {
        event.preventDefault()
        if (event.shiftKey) findPrevious(this.view)
        else findNext(this.view)
      } else if (event.target === this.#replace) {
        event.preventDefault()
        replaceNext(this.view)
      }
    }
  }

  /** "3 / 12", as far as it can be known quickly. */
  #showCount(): void {
    const { state } = this.view
    const isInvalid = this.#query.search !== '' && !this.#query.valid
    this.#find.setAttribute('aria-invalid', String(isInvalid))
    this.#count.textContent = ''
    if (!this.#query.valid || state.doc.length > MAX_COUNTED_LENGTH) return
    const { from, to } = state.selection.main
    let total = 0
    let current = 0
    const cursor = this.#query.getCursor(state)
    for (let match = cursor.next(); match.done !== true && total <= MAX_COUNT; match = cursor.next()) {
      total++
      if (match.value.from === from && match.value.to === to) current = total
    }
    const shownTotal = total > MAX_COUNT ? `${MAX_COUNT}+` : String(total)
    this.#count.textContent = current > 0 ? `${current} / ${shownTotal}` : shownTotal
  }

  #row(...children: HTMLElement[]): HTMLElement {
    const row = document.createElement('div')
    row.className = 'find-row'
    row.append(...children)
    return row
  }

  #input(phrase: string, value: string): HTMLInputElement {
    const input = document.createElement('input')
    const label = this.view.state.phrase(phrase)
    input.className = 'find-input'
    input.placeholder = label
    input.setAttribute('aria-label', label)
    input.autocomplete = 'off'
    input.spellcheck = false
    input.value = value
    input.addEventListener('input', () => this.#commit())
    return input
  }

  #button(sign: string, phrase: string, run: (view: EditorView) => boolean): HTMLButtonElement {
    const button = document.createElement('button')
    const label = this.view.state.phrase(phrase)
    button.type = 'button'
    button.className = 'icon-button find-button'
    button.textContent = sign
    button.title = label
    button.setAttribute('aria-label', label)
    button.addEventListener('click', () => run(this.view))
    return button
  }

  #wordButton(phrase: string, run: (view: EditorView) => boolean): HTMLButtonElement {
    const button = this.#button(this.view.state.phrase(phrase), phrase, run)
    button.className = 'button is-plain find-word'
    button.removeAttribute('title')
    return button
  }

  #option(sign: string, phrase: string, isOn: boolean): HTMLButtonElement {
    const button = this.#button(sign, phrase, () => {
      button.setAttribute('aria-pressed', String(button.getAttribute('aria-pressed') !== 'true'))
      this.#commit()
      return true
    })
    button.classList.add('find-option')
    button.setAttribute('aria-pressed', String(isOn))
    return button
  }
}
