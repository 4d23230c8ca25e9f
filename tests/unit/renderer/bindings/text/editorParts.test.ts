import { search, openSearchPanel } from '@codemirror/search'
import { EditorSelection, type Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { afterEach, describe, expect, it } from 'vitest'
import { toggleBold } from '../../../../../src/renderer/bindings/text/formatting'
import { sourceLanguage } from '../../../../../src/renderer/bindings/text/language'
import { placeOfSelection, rangesOfPlace } from '../../../../../src/renderer/bindings/text/positions'
import {
  caretOfSession,
  remoteCarets,
  setParticipants,
} from '../../../../../src/renderer/bindings/text/remoteCarets'
import { createSearchPanel } from '../../../../../src/renderer/bindings/text/searchPanel'

let view: EditorView | undefined
afterEach(() => view?.destroy())

function editor(doc: string, extensions: Extension = []): EditorView {
  view = new EditorView({ doc, parent: document.body, extensions })
  return view
}

describe('a selection as a place', () => {
  it('has the main range first, and comes back as it was', () => {
    const selection = EditorSelection.create([EditorSelection.range(1, 3), EditorSelection.cursor(9)], 1)
    const place = placeOfSelection(selection)
    expect(place).toEqual([9, 9, 1, 3])
    expect(rangesOfPlace(place, 20)).toEqual([
      { anchor: 9, head: 9 },
      { anchor: 1, head: 3 },
    ])
  })

  it('holds at most 32 ranges', () => {
    const ranges = Array.from({ length: 50 }, (_, i) => EditorSelection.cursor(i * 2))
    expect(placeOfSelection(EditorSelection.create(ranges))).toHaveLength(64)
  })

  it('stays inside the text whatever comes', () => {
    expect(rangesOfPlace([5, 99, 7], 6)).toEqual([
      { anchor: 5, head: 6 },
      { anchor: 6, head: 6 },
    ])
  })
})

describe('others’ carets', () => {
  const person = {
    sessionId: 's1',
    deviceId: 'd1',
    personId: 'd1',
    name: 'Ben',
    colour: 2,
    role: 'editor' as const,
  }

  it('move with the text that one writes oneself', () => {
    const shown = editor('hello', remoteCarets)
    shown.dispatch({ effects: setParticipants.of([{ person, place: [3, 3] }]) })
    shown.dispatch({ changes: { from: 0, insert: 'oh ' } })
    expect(caretOfSession(shown, 's1')).toBe(6)
  })

  it('go when their owner goes', () => {
    const shown = editor('hello', remoteCarets)
    shown.dispatch({ effects: setParticipants.of([{ person, place: [3, 3] }]) })
    shown.dispatch({ effects: setParticipants.of([]) })
    expect(caretOfSession(shown, 's1')).toBeUndefined()
  })
})

describe('finding', () => {
  function panel(doc: string) {
    const shown = editor(doc, search({ top: true, createPanel: createSearchPanel }))
    openSearchPanel(shown)
    const find = shown.dom.querySelector<HTMLInputElement>('[aria-label="Find"]') as HTMLInputElement
    const type = (input: HTMLInputElement, text: string): void => {
      input.value = text
      input.dispatchEvent(new Event('input', { bubbles: true }))
    }
    const button = (label: string): HTMLButtonElement =>
      shown.dom.querySelector<HTMLButtonElement>(`button[aria-label="${label}"]`) as HTMLButtonElement
    const count = (): string => shown.dom.querySelector('.find-count')?.textContent ?? ''
    return { shown, find, type, button, count }
  }

  it('counts matches and says which one it is at', () => {
    const { find, type, button, count } = panel('one two one two one')
    type(find, 'one')
    expect(count()).toBe('3')
    button('next').click()
    expect(count()).toBe('1 / 3')
    button('next').click()
    expect(count()).toBe('2 / 3')
    button('previous').click()
    expect(count()).toBe('1 / 3')
  })

  it('matches case, words and patterns when told to', () => {
    const { find, type, button, count } = panel('One one ones')
    type(find, 'one')
    expect(count()).toBe('3')
    button('match case').click()
    expect(count()).toBe('2')
    button('by word').click()
    expect(count()).toBe('1')
    expect(button('by word').getAttribute('aria-pressed')).toBe('true')
  })

  it('marks a pattern that is none, and finds nothing with it', () => {
    const { find, type, button, count } = panel('a(b')
    button('regexp').click()
    type(find, '(')
    expect(find.getAttribute('aria-invalid')).toBe('true')
    expect(count()).toBe('')
  })

  it('replaces all', () => {
    const { shown, find, type, button } = panel('one two one')
    type(find, 'one')
    type(shown.dom.querySelector('[aria-label="Replace"]') as HTMLInputElement, '1')
    button('replace all').click()
    expect(shown.state.doc.toString()).toBe('1 two 1')
  })
})

describe('bold', () => {
  it('puts marks around the selection and takes them away again', () => {
    const shown = editor('a word here')
    shown.dispatch({ selection: EditorSelection.range(2, 6) })
    toggleBold(shown)
    expect(shown.state.doc.toString()).toBe('a **word** here')
    expect(shown.state.sliceDoc(shown.state.selection.main.from, shown.state.selection.main.to)).toBe('word')
    toggleBold(shown)
    expect(shown.state.doc.toString()).toBe('a word here')
  })
})

describe('the language of a page', () => {
  it.each([
    ['main.py', 'Python'],
    ['server.ts', 'TypeScript'],
    ['notes.md', undefined],
    ['Field notes', undefined],
    ['notes.txt', undefined],
  ])('%s is %s', (title, language) => {
    expect(sourceLanguage(title)?.name).toBe(language)
  })
})
