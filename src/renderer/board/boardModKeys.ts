import type { KeyPress } from '../app/shortcuts'
import type { BoardCommands } from './boardCommands'
import type { BoardEditor } from './boardEditor'
import { arrowOf, resizeSelected } from './arrowKeys'
import type { TellResult } from './keyResult'

/** Carries out a key pressed together with Ctrl, or Command on a Mac; true where it meant something. */
export function pressModKey(
  press: KeyPress,
  editor: BoardEditor,
  commands: BoardCommands,
  tell: TellResult,
): boolean {
  const { code, shiftKey, altKey } = press
  if (altKey) return pressWithAlt(code, commands, tell)
  switch (code) {
    case 'KeyZ':
      if (shiftKey) editor.redo()
      else editor.undo()
      return true
    case 'KeyY':
      editor.redo()
      return true
    case 'KeyA':
      commands.selectAll()
      return true
    case 'KeyD':
      commands.duplicate()
      return true
    case 'KeyG':
      if (shiftKey) commands.ungroup()
      else commands.group()
      if (editor.selected.length > 0) tell({ kind: shiftKey ? 'ungrouped' : 'grouped' })
      return true
    case 'KeyL':
      commands.toggleLock()
      return true
    case 'BracketRight':
      commands.reorder(shiftKey ? 'front' : 'forward')
      return true
    case 'BracketLeft':
      commands.reorder(shiftKey ? 'back' : 'backward')
      return true
    case 'Equal':
    case 'NumpadAdd':
      commands.zoomStep(1)
      return true
    case 'Minus':
    case 'NumpadSubtract':
      commands.zoomStep(-1)
      return true
    case 'Digit0':
    case 'Numpad0':
      commands.zoomReset()
      return true
  }
  const arrow = arrowOf(press.key)
  return arrow !== undefined && resizeSelected(arrow, shiftKey, editor, commands, tell)
}

/** Ctrl+Alt+C and Ctrl+Alt+V carry the look of one shape to others. */
function pressWithAlt(code: string, commands: BoardCommands, tell: TellResult): boolean {
  if (code === 'KeyC' && commands.copyLook()) tell({ kind: 'lookCopied' })
  else if (code === 'KeyV' && commands.pasteLook()) tell({ kind: 'lookPasted' })
  else return false
  return true
}
