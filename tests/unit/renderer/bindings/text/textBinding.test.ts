import { history, redo, undo } from '@codemirror/commands'
import { EditorSelection, type StateCommand } from '@codemirror/state'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TextBinding, type TextPage } from '../../../../../src/renderer/bindings/text/textBinding'
import { textType } from '../../../../../src/shared/ot/text'
import type { Person } from '../../../../../src/shared/protocol/values'
import { FakeHub, FakePage } from '../../../../lib/fakePage'

type Hub = FakeHub<TextPage['content'], ReturnType<typeof textType.parseOp>, number>

const person = (name: string): Person => ({
  sessionId: name.repeat(26).slice(0, 26),
  deviceId: name.repeat(26).slice(0, 26),
  personId: name.repeat(26).slice(0, 26),
  name,
  colour: 0,
  role: 'editor',
})

function hubWith(content: string): Hub {
  return new FakeHub('page', 'text', textType, textType.parseSnapshot(content))
}

/** An editor that exchanges edits only when told to. */
function editor(hub: Hub, name: string, auto = false) {
  const page = new FakePage(hub, person(name), auto)
  return { page, binding: new TextBinding(page, history()) }
}

function run(binding: TextBinding, command: StateCommand): boolean {
  return command({ state: binding.state, dispatch: (transaction) => binding.dispatch(transaction) })
}

const content = (binding: TextBinding): string => binding.state.doc.toString()

/** What one step of the fuzzer does. Fractions in [0, 1) choose places. */
const step = fc.record({
  who: fc.nat(2),
  what: fc.constantFrom('type', 'type', 'type', 'delete', 'replace', 'undo', 'redo', 'sync', 'hide'),
  at: fc.double({ min: 0, max: 0.999, noNaN: true }),
  length: fc.nat(6),
  text: fc.string({ unit: fc.constantFrom('a', 'b', 'c', '\n', '海', '😀'), minLength: 1, maxLength: 5 }),
})

describe('the binding of the text editor', () => {
  it('brings three editors to the same text, whatever they do, and the editor always shows the page', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 20, maxLength: 80 }), (steps) => {
        const hub = hubWith('The quick 😀 fox\njumps over\n')
        const editors = ['a', 'b', 'c'].map((name) => editor(hub, name))
        for (const { who, what, at, length, text } of steps) {
          const { page, binding } = editors[who] as (typeof editors)[number]
          const end = binding.state.doc.length
          const from = wholeCharacter(content(binding), Math.floor(at * (end + 1)))
          const to = wholeCharacter(content(binding), Math.min(end, from + length))
          switch (what) {
            case 'type':
              binding.dispatch({ changes: { from, insert: text }, userEvent: 'input.type' })
              break
            case 'delete':
              binding.dispatch({ changes: { from, to }, userEvent: 'delete' })
              break
            case 'replace':
              binding.dispatch({ changes: { from, to, insert: text }, userEvent: 'input' })
              break
            case 'undo':
              run(binding, undo)
              break
            case 'redo':
              run(binding, redo)
              break
            case 'hide':
              if (binding.view === undefined) binding.attach(document.createElement('div'))
              else binding.detach()
              break
            case 'sync':
              page.sync()
          }
          expect(content(binding)).toBe(page.content.toString())
        }
        for (let round = 0; round < 2; round++) for (const { page } of editors) page.sync()
        for (const { binding } of editors) {
          expect(content(binding)).toBe(hub.content.toString())
          binding.dispose()
        }
      }),
      { numRuns: 60 },
    )
  }, 60_000)

  it('takes back only one’s own edits', () => {
    const hub = hubWith('one two')
    const anna = editor(hub, 'a', true)
    const ben = editor(hub, 'b', true)
    anna.binding.dispatch({ changes: { from: 0, insert: 'A' }, userEvent: 'input.type' })
    ben.binding.dispatch({ changes: { from: 8, insert: 'B' }, userEvent: 'input.type' })
    expect(content(anna.binding)).toBe('Aone twoB')
    run(anna.binding, undo)
    expect(content(ben.binding)).toBe('one twoB')
    expect(run(anna.binding, undo)).toBe(false)
    run(anna.binding, redo)
    expect(content(ben.binding)).toBe('Aone twoB')
  })

  it('leaves the caret at its letter when others write above, and left of what they insert at it', () => {
    const hub = hubWith('first\nsecond')
    const anna = editor(hub, 'a', true)
    const ben = editor(hub, 'b', true)
    anna.binding.dispatch({ selection: EditorSelection.cursor(6) })
    ben.binding.dispatch({ changes: { from: 0, insert: 'new line\n' } })
    expect(anna.binding.state.selection.main.head).toBe(15)
    ben.binding.dispatch({ changes: { from: 15, insert: '!' } })
    expect(anna.binding.state.selection.main.head).toBe(15)
  })

  it('types U+FFFD for half of a character and for a carriage return', () => {
    const hub = hubWith('')
    const { binding, page } = editor(hub, 'a')
    binding.dispatch({ changes: { from: 0, insert: 'a\uD83Db' }, userEvent: 'input' })
    expect(page.content.toString()).toBe('a\uFFFDb')
    binding.dispatch({ changes: { from: 0, insert: binding.state.toText('x\ry') } })
    expect(page.content.toString()).toBe('x\nya\uFFFDb')
  })

  it('keeps an emoji that is typed in two halves of one change', () => {
    const hub = hubWith('😀')
    const { binding, page } = editor(hub, 'a')
    binding.dispatch({ changes: { from: 1, to: 2, insert: '\uDE01' } })
    expect(page.content.toString()).toBe('😁')
  })

  it('takes what is typed and deleted beside emoji as it is', () => {
    const hub = hubWith('🙂🙂')
    const { binding, page } = editor(hub, 'a')
    for (const from of [0, 3, 6]) binding.dispatch({ changes: { from, insert: 'x' }, userEvent: 'input' })
    expect(page.content.toString()).toBe('x🙂x🙂x')
    binding.dispatch({ changes: { from: 3, to: 4 } })
    expect(page.content.toString()).toBe('x🙂🙂x')
  })

  it('changes nothing where the page does not take the edit', () => {
    const hub = hubWith('safe')
    const { binding, page } = editor(hub, 'a')
    page.edit = () => {
      throw new Error('refused')
    }
    expect(() => binding.dispatch({ changes: { from: 0, insert: 'x' } })).toThrow('refused')
    expect(content(binding)).toBe('safe')
  })

  it('shows the content of the page should an op ever not fit', () => {
    const hub = hubWith('abc')
    const { binding, page } = editor(hub, 'a')
    const listeners: Parameters<TextPage['onRemote']>[0][] = []
    const other = new TextBinding(
      Object.assign(Object.create(page) as TextPage, {
        onRemote: (listener: (typeof listeners)[number]) => {
          listeners.push(listener)
          return () => undefined
        },
      }),
      [],
    )
    listeners[0]?.([3, 'lost', -2], textType.parseSnapshot('abcd'))
    expect(content(other)).toBe('abcd')
    expect(content(binding)).toBe('abc')
  })

  it('says where its person is, main range first, and that they are gone when the page is hidden', () => {
    const hub = hubWith('hello world')
    const { binding, page } = editor(hub, 'a')
    const host = document.createElement('div')
    const view = binding.attach(host)
    view.dispatch({ selection: EditorSelection.range(2, 5) })
    expect(page.place).toEqual([2, 5])
    binding.detach()
    expect(page.place).toBeNull()
  })

  it('goes on receiving while it is hidden, and shows that with its selection when it comes back', () => {
    const hub = hubWith('hello')
    const anna = editor(hub, 'a', true)
    const ben = editor(hub, 'b', true)
    const host = document.createElement('div')
    anna.binding.attach(host).dispatch({ selection: EditorSelection.cursor(5) })
    anna.binding.detach()
    ben.binding.dispatch({ changes: { from: 0, insert: 'oh, ' } })
    const view = anna.binding.attach(host)
    expect(view.state.doc.toString()).toBe('oh, hello')
    expect(view.state.selection.main.head).toBe(9)
    anna.binding.dispose()
  })
})

/** The offset, moved out of a surrogate pair. */
function wholeCharacter(text: string, offset: number): number {
  const unit = text.charCodeAt(offset)
  return unit >= 0xdc00 && unit <= 0xdfff ? offset - 1 : offset
}
