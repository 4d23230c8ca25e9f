import type { KeyPress } from '../app/shortcuts'
import type { BoardCommands } from './boardCommands'
import type { BoardEditor } from './boardEditor'
import { GRID_SIZE } from './grid'
import { isTextual } from './model'
import { toolOfKey } from './toolNames'

/** What a key does that the editor alone cannot do: say how many were deleted. */
export interface KeyEffects {
  onRemoved(count: number): void
  onSelected(): void
}

const TURN = Math.PI / 12

/** Carries out a key pressed on the board; true where it meant something. */
export function pressKey(
  press: KeyPress,
  editor: BoardEditor,
  commands: BoardCommands,
  effects: KeyEffects,
  isMac: boolean,
): boolean {
  const mod = isMac ? press.metaKey : press.ctrlKey
  if (mod) return pressWithMod(press, editor, commands)
  if (press.altKey) return false
  const arrow = arrowOf(press.key)
  if (arrow !== undefined) return pressArrow(arrow, press.shiftKey, editor, commands)
  switch (press.key) {
    case 'Escape':
      return escape(editor)
    case 'Delete':
    case 'Backspace':
      if (editor.selected.length === 0) return false
      effects.onRemoved(commands.remove())
      return true
    case 'Tab':
      // From the last shape on, Tab leaves the board.
      if (!commands.step(press.shiftKey ? -1 : 1)) return false
      effects.onSelected()
      return true
    case 'Enter':
    case 'F2': {
      // A line made by clicks ends here.
      if (editor.toolName.value !== 'select') {
        editor.tool.leave?.()
        return true
      }
      const [only] = editor.selectedShapes
      if (only === undefined || editor.selected.length !== 1) return false
      if (only.locked || !(isTextual(only.type) || only.type === 'frame')) return false
      editor.editLabel(only.id)
      return true
    }
    case '+':
    case '=':
      commands.zoomStep(1)
      return true
    case '-':
      commands.zoomStep(-1)
      return true
    case '[':
    case ']':
      commands.reorder(press.key === ']' ? 'forward' : 'backward')
      return true
    case 'g':
      editor.grid.set(!editor.grid.value)
      return true
    case 'q':
      editor.keepsTool.set(!editor.keepsTool.value)
      return true
    case ',':
    case '.':
      commands.rotateBy(press.key === ',' ? -TURN : TURN)
      return true
  }
  if (press.shiftKey && (press.code === 'Digit0' || press.code === 'Digit1' || press.code === 'Digit2')) {
    if (press.code === 'Digit0') commands.zoomReset()
    else if (press.code === 'Digit1') commands.zoomToFit()
    else commands.zoomToSelection()
    return true
  }
  const tool = toolOfKey(press)
  if (
    tool === undefined ||
    (!editor.canWrite.value && tool !== 'select' && tool !== 'hand' && tool !== 'laser')
  )
    return false
  editor.chooseTool(tool)
  return true
}

function pressWithMod(press: KeyPress, editor: BoardEditor, commands: BoardCommands): boolean {
  const { code, shiftKey, altKey } = press
  if (altKey) return false
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
  if (arrow === undefined || editor.selected.length === 0) return false
  const step = shiftKey ? 10 : 1
  commands.resizeBy(arrow[0] * step, arrow[1] * step)
  return true
}

function pressArrow(
  [x, y]: readonly [number, number],
  isFast: boolean,
  editor: BoardEditor,
  commands: BoardCommands,
): boolean {
  if (editor.selected.length > 0) {
    const step = editor.grid.value ? GRID_SIZE : isFast ? 10 : 1
    commands.nudge(x * step, y * step)
  } else {
    const step = isFast ? 200 : 50
    const { camera } = editor
    editor.setCamera({
      ...camera,
      x: camera.x + (x * step) / camera.zoom,
      y: camera.y + (y * step) / camera.zoom,
    })
  }
  return true
}

/** Leaves one thing after the other: what is drawn, the tool, the selection. */
function escape(editor: BoardEditor): boolean {
  if (editor.feedback.value.isDragging || editor.feedback.value.marquee !== undefined) {
    editor.tool.cancel()
    return true
  }
  if (editor.toolName.value !== 'select') {
    editor.chooseTool('select')
    return true
  }
  if (editor.selected.length === 0) return false
  editor.select([])
  return true
}

function arrowOf(key: string): readonly [number, number] | undefined {
  switch (key) {
    case 'ArrowLeft':
      return [-1, 0]
    case 'ArrowRight':
      return [1, 0]
    case 'ArrowUp':
      return [0, -1]
    case 'ArrowDown':
      return [0, 1]
    default:
      return undefined
  }
}
