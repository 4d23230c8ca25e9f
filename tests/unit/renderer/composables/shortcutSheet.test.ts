import { expect, it } from 'vitest'
import type { KeyPress } from '../../../../src/renderer/app/shortcuts'
import { pressKey } from '../../../../src/renderer/board/boardKeys'
import { useShortcutGroups } from '../../../../src/renderer/composables/useShortcutGroups'
import { BoardDesk } from '../../../lib/boardDesk'
import { testApp, withSetup } from '../../../lib/withApp'

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz']
const DIGITS = [...'0123456789']
const SIGNS = [...'+-=[],.;/']
const NAMED = ['Escape', 'Delete', 'Backspace', 'Tab', 'Enter', 'F2', 'Home', 'ArrowUp']

type Modifiers = Partial<Pick<KeyPress, 'ctrlKey' | 'shiftKey' | 'altKey'>>

const PROBES: readonly (readonly [Modifiers, readonly string[]])[] = [
  [{}, [...LETTERS, ...DIGITS, ...SIGNS, ...NAMED]],
  [{ shiftKey: true }, [...LETTERS, ...DIGITS]],
  [{ altKey: true }, [...LETTERS, ...DIGITS, 'ArrowUp']],
  [{ ctrlKey: true }, [...LETTERS, ...DIGITS, ...SIGNS, 'ArrowUp']],
  [{ ctrlKey: true, altKey: true }, LETTERS],
  // With other keys Ctrl and Shift are what Ctrl alone is.
  [{ ctrlKey: true, shiftKey: true }, ['z', 'g', ...'[]']],
]

/** Second keys for what a key of the sheet does, which people know from elsewhere. */
const ALSO: Readonly<Record<string, string>> = {
  Backspace: 'Del',
  F2: 'Enter',
  '=': '+',
  'Ctrl+Y': 'Ctrl+Shift+Z',
  'Ctrl++': '+',
  'Ctrl+=': '+',
  'Ctrl+-': '-',
  'Ctrl+0': 'Shift+0',
  'Ctrl+[': '[',
  'Ctrl+]': ']',
  'Ctrl+Arrows': 'Alt+Arrows',
}
const WRITTEN: Readonly<Record<string, string>> = { Escape: 'Esc', Delete: 'Del', ArrowUp: 'Arrows' }

function nameOf(key: string, { ctrlKey, altKey, shiftKey }: Modifiers): string {
  const written = WRITTEN[key] ?? (key.length === 1 ? key.toUpperCase() : key)
  const held = [ctrlKey === true && 'Ctrl', altKey === true && 'Alt', shiftKey === true && 'Shift']
  return [...held, written].filter((part) => part !== false).join('+')
}

/** True where a key means something while two shapes are selected and a look was copied. */
function meansSomething(key: string, modifiers: Modifiers): boolean {
  const desk = new BoardDesk()
  const box = { type: 'rectangle', y: 0, width: 100, height: 60 } as const
  desk.put({ ...box, id: 'a', x: 0 }, { ...box, id: 'b', x: 300 })
  desk.editor.select(['a'])
  desk.commands.copyLook()
  desk.editor.select(key === 'Enter' || key === 'F2' ? ['a'] : ['a', 'b'])
  const code = LETTERS.includes(key) ? `Key${key.toUpperCase()}` : DIGITS.includes(key) ? `Digit${key}` : key
  const press = { key, code, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...modifiers }
  return pressKey(press, desk.editor, desk.commands, () => undefined, false)
}

it('the help sheet has every key that means something on a board', () => {
  const { result, unmount } = withSetup(testApp(), useShortcutGroups)
  const rows = result.value.find(({ title }) => title === 'Whiteboard')?.rows ?? []
  const written = new Set(rows.flatMap(({ keys }) => keys.split(' / ')))
  unmount()
  const names = PROBES.flatMap(([modifiers, keys]) =>
    keys.filter((key) => meansSomething(key, modifiers)).map((key) => nameOf(key, modifiers)),
  )
  expect(names.length).toBeGreaterThan(50)
  expect(names.filter((name) => !written.has(ALSO[name] ?? name))).toEqual([])
  for (const name of ['Ctrl+X', 'Ctrl+C', 'Ctrl+V']) expect(written).toContain(name)
})
