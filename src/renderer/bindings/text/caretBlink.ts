import type { Extension } from '@codemirror/state'
import { drawSelection, ViewPlugin, type EditorView, type ViewUpdate } from '@codemirror/view'
import { wantsLessMotion } from '../../platform/lessMotion'

/** How long the caret is seen, and then not, ms. As long as CodeMirror's own. */
const HALF_BLINK_MS = 600

/**
 * Lets the caret blink with one frame for each change. CodeMirror's own is an animation, for which Chromium draws sixty
 * frames a second as long as somebody rests in a text.
 */
const blinkPlugin = ViewPlugin.fromClass(
  class {
    #timer: ReturnType<typeof setInterval> | undefined

    constructor(private readonly view: EditorView) {
      this.#restart()
    }

    update(update: ViewUpdate): void {
      if (update.focusChanged || update.transactions.some(({ selection }) => selection !== undefined)) {
        this.#restart()
      }
    }

    destroy(): void {
      clearInterval(this.#timer)
    }

    /** Shows the caret, whole for the first half: whoever moves it looks for it. */
    #restart(): void {
      clearInterval(this.#timer)
      this.#timer = undefined
      this.#show(true)
      if (!this.view.hasFocus || wantsLessMotion()) return
      let isShown = true
      this.#timer = setInterval(() => {
        isShown = !isShown
        this.#show(isShown)
      }, HALF_BLINK_MS)
    }

    #show(isShown: boolean): void {
      const layer = this.view.scrollDOM.querySelector<HTMLElement>(':scope > .cm-cursorLayer')
      if (isShown) layer?.style.removeProperty('visibility')
      else layer?.style.setProperty('visibility', 'hidden')
    }
  },
)

/** Draws selections and carets of one's own. */
export const ownSelection: Extension = [drawSelection({ cursorBlinkRate: 0 }), blinkPlugin]
