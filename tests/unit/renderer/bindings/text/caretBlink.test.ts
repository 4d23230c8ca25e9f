import { EditorView } from '@codemirror/view'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ownSelection } from '../../../../../src/renderer/bindings/text/caretBlink'

let view: EditorView

beforeEach(() => {
  vi.useFakeTimers()
  view = new EditorView({ doc: 'one two', parent: document.body, extensions: ownSelection })
})
afterEach(() => {
  view.destroy()
  vi.useRealTimers()
  vi.restoreAllMocks()
})

function isSeen(): boolean {
  const layer = view.dom.querySelector<HTMLElement>('.cm-cursorLayer')
  if (layer === null) throw new Error('there is no layer for carets')
  return layer.style.visibility !== 'hidden'
}

/** Gives the editor the focus and lets it notice. */
function focus(): void {
  view.focus()
  vi.advanceTimersByTime(20)
}

/** Begins to write. The DOM of these tests cannot bear a change of the selection where the focus really is. */
function write(): void {
  vi.spyOn(view, 'hasFocus', 'get').mockReturnValue(true)
  view.dispatch({ selection: { anchor: 1 } })
}

/** Whether the caret is seen in the middle of each of the next half blinks. */
function watch(halves: number): boolean[] {
  return Array.from({ length: halves }, (_, half) => {
    vi.advanceTimersByTime(half === 0 ? 300 : 600)
    return isSeen()
  })
}

describe('the caret', () => {
  it('blinks where one writes, without an animation', () => {
    focus()
    expect(watch(5)).toEqual([true, false, true, false, true])
    expect(view.dom.querySelector<HTMLElement>('.cm-cursorLayer')?.style.animationDuration).toBe('0ms')
  })

  it('is seen at once where it is moved, and when one types', () => {
    write()
    vi.advanceTimersByTime(700)
    expect(isSeen()).toBe(false)
    view.dispatch({ selection: { anchor: 3 } })
    expect(watch(2)).toEqual([true, false])
    view.dispatch({ changes: { from: 3, insert: '!' }, selection: { anchor: 4 } })
    expect(watch(2)).toEqual([true, false])
  })

  it('goes on in its beat when others write', () => {
    write()
    vi.advanceTimersByTime(700)
    view.dispatch({ changes: { from: 0, insert: 'zero ' } })
    expect(isSeen()).toBe(false)
  })

  it('keeps no timer where one does not write', () => {
    focus()
    view.contentDOM.blur()
    vi.advanceTimersByTime(50)
    expect(vi.getTimerCount()).toBe(0)
    focus()
    expect(vi.getTimerCount()).toBeGreaterThan(0)
    view.destroy()
    vi.advanceTimersByTime(50)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('stays where a person wants less movement', () => {
    vi.spyOn(window, 'matchMedia').mockReturnValue({ matches: true } as MediaQueryList)
    focus()
    expect(watch(3)).toEqual([true, true, true])
  })
})
