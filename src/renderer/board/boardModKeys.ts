import type { KeyPress } from '../app/shortcuts'
import type { BoardCommands } from './boardCommands'
import type { BoardEditor } from './boardEditor'
import { arrowOf, resizeSelected } from './arrowKeys'
import type { TellResult } from './keyResult'
import { letterOf } from './toolNames'

/** Carries out a key pressed together with Ctrl, or Command on a Mac; true where it meant something. */
export function pressModKey(
  press: KeyPress,
  editor: BoardEditor,
  commands: BoardCommands,
  tell: TellResult,
): boolean {
  const { shiftKey, altKey } = press
  const name = nameOfKey(press)
  if (altKey) return pressWithAlt(name, commands, tell)
  switch (name) {
    case 'Z':
      if (shiftKey) editor.redo()
      else editor.undo()
      return true
    case 'Y':
      editor.redo()
      return true
    case 'A':
      commands.selectAll()
      return true
    case 'D':
      commands.duplicate()
      return true
    case 'G':
      if (shiftKey) commands.ungroup()
      else commands.group()
      if (editor.selected.length > 0) tell({ kind: shiftKey ? 'ungrouped' : 'grouped' })
      return true
    case 'L':
      commands.toggleLock()
      return true
    case ']':
      commands.reorder(shiftKey ? 'front' : 'forward')
      return true
    case '[':
      commands.reorder(shiftKey ? 'back' : 'backward')
      return true
    case '+':
      commands.zoomStep(1)
      return true
    case '-':
      commands.zoomStep(-1)
      return true
    case '0':
      commands.zoomReset()
      return true
  }
  const arrow = arrowOf(press.key)
  return arrow !== undefined && resizeSelected(arrow, shiftKey, editor, commands, tell)
}

/** Ctrl+Alt+C and Ctrl+Alt+V carry the look of one shape to others. */
function pressWithAlt(name: string, commands: BoardCommands, tell: TellResult): boolean {
  if (name === 'C' && commands.copyLook()) tell({ kind: 'lookCopied' })
  else if (name === 'V' && commands.pasteLook()) tell({ kind: 'lookPasted' })
  else return false
  return true
}

/** Signs that stand for what a key does, whatever layout puts them there. */
const SIGNS: Readonly<Record<string, string>> = { '=': '+', _: '-', '{': '[', '}': ']' }
/** Keys by their place, where what they type means nothing. */
const PLACES: Readonly<Record<string, string>> = {
  BracketLeft: '[',
  BracketRight: ']',
  Equal: '+',
  Minus: '-',
}

/** What a key is called here: what it types on this keyboard, or where that means nothing, what its place does. */
function nameOfKey(press: KeyPress): string {
  const sign = SIGNS[press.key] ?? press.key
  if (/^[-+[\]]$/.test(sign)) return sign
  const letter = letterOf(press)
  return PLACES[letter] ?? letter.replace(/^(?:Digit|Numpad)(?=\d$)/, '')
}
