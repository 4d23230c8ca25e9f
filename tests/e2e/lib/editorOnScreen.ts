import type { EditorView } from '@codemirror/view'
import { expect, type JSHandle, type Locator, type Page } from '@playwright/test'

/** CodeMirror's content element leads to its view. */
interface ContentElement extends Element {
  readonly cmTile?: { readonly root: { readonly view: EditorView } }
}

/** Somebody's open page: read as a whole, written with keys. */
export class EditorOnScreen {
  readonly content: Locator
  readonly scroller: Locator

  constructor(readonly page: Page) {
    this.content = page.getByTestId('editor')
    this.scroller = page.locator('.cm-scroller')
  }

  /** The whole text in the editor, also the part that is scrolled out of sight. */
  text(): Promise<string> {
    return this.inView((view) => view.evaluate(({ state }) => state.doc.toString()))
  }

  /** Where the caret is, in UTF-16 units. */
  caret(): Promise<number> {
    return this.inView((view) => view.evaluate(({ state }) => state.selection.main.head))
  }

  /** Waits until the editor shows exactly a text. */
  async shows(text: string, timeout?: number): Promise<void> {
    await expect.poll(() => this.text(), timeout === undefined ? {} : { timeout }).toBe(text)
  }

  /** Waits until the editor shows a text among others. */
  async contains(text: string): Promise<void> {
    await expect.poll(() => this.text()).toContain(text)
  }

  async focus(): Promise<void> {
    await this.content.focus()
    await expect(this.content).toBeFocused()
  }

  /** Puts the caret behind the first place where a text stands, as a click there would, however the text moves. */
  async putCaretAfter(text: string): Promise<void> {
    await this.setSelection(text, text.length, text.length)
  }

  /** Selects the first place where a text stands. */
  async select(text: string): Promise<void> {
    await this.setSelection(text, 0, text.length)
  }

  /** Offsets are relative to where the text begins. */
  private async setSelection(text: string, anchor: number, head: number): Promise<void> {
    await this.focus()
    await this.inView((editorView) =>
      editorView.evaluate(
        (view, place) => {
          const at = view.state.doc.toString().indexOf(place.text)
          if (at < 0) throw new Error(`the editor does not contain ${place.text}`)
          const selection = { anchor: at + place.anchor, head: at + place.head }
          view.dispatch({ selection, scrollIntoView: true, userEvent: 'select' })
        },
        { text, anchor, head },
      ),
    )
  }

  async goToEnd(): Promise<void> {
    await this.focus()
    await this.page.keyboard.press('Control+End')
  }

  /** Types where the caret is, `delay` milliseconds a key. */
  async type(text: string, delay = 0): Promise<void> {
    await this.page.keyboard.type(text, { delay })
  }

  private async inView<T>(use: (view: JSHandle<EditorView>) => Promise<T>): Promise<T> {
    const view = await this.content.evaluateHandle((element: ContentElement) => {
      if (element.cmTile === undefined) throw new Error('this is no content of CodeMirror')
      return element.cmTile.root.view
    })
    try {
      return await use(view)
    } finally {
      await view.dispose()
    }
  }
}
