import type { Text } from '@codemirror/state'
import { shallowRef, type ShallowRef } from 'vue'
import type { RoomClient } from '../../client/api'
import type { SaveState } from '../../client/status'
import { replacement } from '../../shared/ot/text'
import { TextEditor, type TextEditorOptions } from '../bindings/text/textEditor'
import type { TextPage } from '../bindings/text/textBinding'

/** A page of text that is open in this window, on the screen or kept for later with its undo history. */
export class OpenTextPage {
  readonly page: TextPage
  readonly saveState: ShallowRef<SaveState>
  /** What is on the screen; undefined until the editor is made. */
  readonly text = shallowRef<Text>()
  /** Ids of the sessions that this window follows: one person's. */
  readonly following = shallowRef<readonly string[]>([])
  #onOwnMove: (() => void) | undefined
  #editor: TextEditor | undefined
  readonly #stop: () => void

  constructor(
    private readonly client: RoomClient,
    readonly pageId: string,
  ) {
    // The engine hands a page out by its kind: pages of text have the text type.
    this.page = client.openPage(pageId, 'text') as TextPage
    this.saveState = shallowRef(this.page.saveState.value)
    this.#stop = this.page.saveState.subscribe((state) => {
      this.saveState.value = state
    })
  }

  get editor(): TextEditor | undefined {
    return this.#editor
  }

  /** Resolves when the first content is there. */
  async whenLoaded(): Promise<void> {
    const { saveState } = this.page
    if (saveState.value.loaded) return
    await new Promise<void>((resolve) => {
      const stop = saveState.subscribe(({ loaded }) => {
        if (!loaded) return
        stop()
        resolve()
      })
    })
  }

  /** The page's editor, made at its first use. The page has to be loaded. */
  edit(options: TextEditorOptions): TextEditor {
    if (this.#editor === undefined) {
      this.#editor = new TextEditor(this.page, options, (text) => {
        this.text.value = text
      })
    } else this.#editor.configure(options)
    this.text.value = this.#editor.binding.state.doc
    return this.#editor
  }

  /** Goes where somebody goes on this page. `onOwnMove` is called when this person does something of their own. */
  follow(sessionIds: readonly string[], onOwnMove?: () => void): void {
    this.following.value = sessionIds
    this.#onOwnMove = onOwnMove
  }

  /** This person does something of their own. */
  ownMove(): void {
    if (this.following.value.length > 0) this.#onOwnMove?.()
  }

  /** Puts text at the beginning, as an edit of one's own. */
  insert(text: string): void {
    if (this.#editor !== undefined) this.#editor.binding.dispatch({ changes: { from: 0, insert: text } })
    else this.page.edit(replacement(0, 0, text))
  }

  async close(): Promise<void> {
    this.#stop()
    this.#editor?.binding.dispose()
    await this.client.closePage(this.pageId)
  }
}
