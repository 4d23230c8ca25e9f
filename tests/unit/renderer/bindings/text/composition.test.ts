import { EditorView } from '@codemirror/view'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { holdWhileComposing } from '../../../../../src/renderer/bindings/text/composition'

/** What the page is asked: how often it is held. */
let held = 0
const hold = (): (() => void) => {
  held++
  return () => {
    held--
  }
}

let view: EditorView

beforeEach(() => {
  vi.useFakeTimers()
  held = 0
  view = new EditorView({ parent: document.body, extensions: holdWhileComposing(hold) })
})

afterEach(() => {
  view.destroy()
  vi.useRealTimers()
})

const compose = (type: 'compositionstart' | 'compositionend'): void => {
  view.contentDOM.dispatchEvent(new CompositionEvent(type, { bubbles: true }))
}

describe('an input method composing', () => {
  it('holds what others write back until the composed text is in the document', async () => {
    compose('compositionstart')
    expect(held).toBe(1)
    await vi.advanceTimersByTimeAsync(5000)
    expect(held).toBe(1)
    compose('compositionend')
    expect(held).toBe(1)
    await vi.advanceTimersByTimeAsync(500)
    expect(held).toBe(0)
  })

  it('goes on holding where the next composition follows at once', async () => {
    compose('compositionstart')
    compose('compositionend')
    await vi.advanceTimersByTimeAsync(20)
    compose('compositionstart')
    await vi.advanceTimersByTimeAsync(500)
    expect(held).toBe(1)
    compose('compositionend')
    await vi.advanceTimersByTimeAsync(500)
    expect(held).toBe(0)
  })

  it('lets go when the editor is taken off the screen', () => {
    compose('compositionstart')
    view.destroy()
    expect(held).toBe(0)
  })
})
