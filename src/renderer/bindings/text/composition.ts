import { ViewPlugin, type EditorView } from '@codemirror/view'

/** After `compositionend` CodeMirror reads the text within 50 ms; a little more, and it is in the document. */
const FLUSH_MS = 70

/**
 * Holds what others write back while an input method composes, so that the browser's composition is never
 * broken. `hold` starts holding and returns what ends it.
 */
export function holdWhileComposing(hold: () => () => void) {
  return ViewPlugin.fromClass(
    class {
      release: (() => void) | undefined
      timer: ReturnType<typeof setTimeout> | undefined

      constructor(private readonly view: EditorView) {}

      start(): void {
        clearTimeout(this.timer)
        this.release ??= hold()
      }

      /** Lets go as soon as the composed text is in the document. */
      end(): void {
        clearTimeout(this.timer)
        this.timer = setTimeout(() => {
          if (this.view.compositionStarted) this.end()
          else this.letGo()
        }, FLUSH_MS)
      }

      letGo(): void {
        clearTimeout(this.timer)
        const release = this.release
        this.release = undefined
        release?.()
      }

      destroy(): void {
        this.letGo()
      }
    },
    {
      eventObservers: {
        compositionstart() {
          this.start()
        },
        compositionend() {
          this.end()
        },
        blur() {
          if (this.release !== undefined) this.end()
        },
      },
    },
  )
}
