import type { KeyPress } from '../app/shortcuts'
import type { BoardCommands } from './boardCommands'
import type { BoardEditor } from './boardEditor'
import { arrowOf, resizeSelected } from './arrowKeys'
import { GRID_SIZE } from './grid'
import { pressModKey } from './boardModKeys'
import type { TellResult } from './keyResult'
import { hasLabel, type Shape } from './model'
import { letterOf, toolOfKey, type ToolName } from './toolNames'

const TURN = Math.PI / 12
/** Steps of the keyboard's pointer, in CSS pixels. */
const STEP = 10
const LONG_STEP = 50

/** Carries out a key pressed on the board; true where it meant something. */
export function pressKey(
  press: KeyPress,
  editor: BoardEditor,
  commands: BoardCommands,
  tell: TellResult,
  isMac: boolean,
): boolean {
  const mod = isMac ? press.metaKey : press.ctrlKey
  if (mod) return pressModKey(press, editor, commands, tell)
  const arrow = arrowOf(press.key)
  if (press.altKey)
    return arrow !== undefined && resizeSelected(arrow, press.shiftKey, editor, commands, tell)
  if (arrow !== undefined) return pressArrow(arrow, press.shiftKey, editor, commands, tell)
  switch (press.key) {
    case 'Escape':
      return escape(editor, commands)
    case 'Delete':
    case 'Backspace':
      if (editor.selected.length === 0 || !editor.canWrite.value) return false
      tell({ kind: 'removed', count: commands.remove() })
      return true
    case 'Tab':
      // From the last shape on, Tab leaves the board.
      if (!commands.step(press.shiftKey ? -1 : 1)) return false
      tell({ kind: 'selected' })
      return true
    case 'Enter':
    case 'F2':
      return editor.toolName.value === 'select' ? editSelected(editor) : useTool(editor, tell)
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
    case ',':
    case '.':
      commands.rotateBy(press.key === ',' ? -TURN : TURN)
      if (editor.selected.length > 0) tell({ kind: 'placed' })
      return true
  }
  if (press.shiftKey && (press.code === 'Digit0' || press.code === 'Digit1' || press.code === 'Digit2')) {
    if (press.code === 'Digit0') commands.zoomReset()
    else if (press.code === 'Digit1') commands.zoomToFit()
    else commands.zoomToSelection()
    return true
  }
  if (press.shiftKey) return pressShiftedLetter(press, editor, commands, tell)
  return pressLetter(press, editor, commands, tell)
}

function pressShiftedLetter(
  press: KeyPress,
  editor: BoardEditor,
  commands: BoardCommands,
  tell: TellResult,
): boolean {
  const letter = letterOf(press)
  if (editor.selected.length === 0 || (letter !== 'H' && letter !== 'V')) return false
  commands.flip(letter === 'H' ? 'horizontal' : 'vertical')
  tell({ kind: 'placed' })
  return true
}

function pressLetter(
  press: KeyPress,
  editor: BoardEditor,
  commands: BoardCommands,
  tell: TellResult,
): boolean {
  switch (letterOf(press)) {
    case 'G':
      editor.grid.set(!editor.grid.value)
      return true
    case 'Q':
      editor.keepsTool.set(!editor.keepsTool.value)
      return true
    case 'C':
      return connect(commands, tell)
    case 'S': {
      const marked = commands.mark()
      if (marked !== undefined) tell({ kind: marked.isMarked ? 'marked' : 'unmarked', shape: marked.shape })
      return marked !== undefined
    }
  }
  const tool = toolOfKey(press)
  if (
    tool === undefined ||
    (!editor.canWrite.value && tool !== 'select' && tool !== 'hand' && tool !== 'laser')
  )
    return false
  if (tool === 'image') editor.askForPictures?.()
  else editor.chooseTool(tool)
  return true
}

function pressArrow(
  [x, y]: readonly [number, number],
  isFast: boolean,
  editor: BoardEditor,
  commands: BoardCommands,
  tell: TellResult,
): boolean {
  if (isDrawingTool(editor.toolName.value)) {
    const step = isFast ? LONG_STEP : STEP
    editor.keyPointer.moveBy(x * step, y * step)
    tell({ kind: 'pointer', over: shapeBelow(editor) })
  } else if (editor.selected.length > 0) {
    const step = editor.grid.value ? GRID_SIZE : isFast ? 10 : 1
    commands.nudge(x * step, y * step)
    tell({ kind: 'placed' })
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

/** Opens the label of the one shape that is selected. */
function editSelected(editor: BoardEditor): boolean {
  const [only] = editor.selectedShapes
  if (only === undefined || editor.selected.length !== 1) return false
  if (only.type === 'image' && editor.retryPicture?.(only) === true) return true
  if (only.locked || !hasLabel(only.type)) return false
  editor.editLabel(only.id)
  return true
}

/** Uses the tool where the keyboard's pointer is. A line that a mouse has begun ends instead. */
function useTool(editor: BoardEditor, tell: TellResult): boolean {
  const name = editor.toolName.value
  const { keyPointer, tool } = editor
  if (!isDrawingTool(name)) return false
  if (keyPointer.at.value === undefined && tool.isOpen === true) {
    tool.leave?.()
    return true
  }
  if (!editor.canWrite.value && name !== 'laser') return false
  const isDragged = DRAGGED.has(name)
  const count = editor.board.ordered.length
  const hasBegun = tool.isOpen === true
  keyPointer.press(isDragged)
  if (isDragged) tell({ kind: keyPointer.isDown ? 'penDown' : 'penUp' })
  else if (editor.board.ordered.length > count || (hasBegun && editor.toolName.value === 'select')) {
    const made = editor.selectedShapes.at(-1) ?? editor.board.ordered.at(-1)
    if (made !== undefined) tell({ kind: 'made', shape: made })
  } else tell({ kind: 'pointer', over: shapeBelow(editor) })
  return true
}

function connect(commands: BoardCommands, tell: TellResult): boolean {
  const made = commands.connect()
  if (made === undefined) return false
  if (made.to === undefined) tell({ kind: 'connectFrom', shape: made.from })
  else tell({ kind: 'connected', from: made.from, to: made.to })
  return true
}

/** Leaves one thing after the other: what is drawn, the tool, the arrow to be, the selection. */
function escape(editor: BoardEditor, commands: BoardCommands): boolean {
  if (editor.feedback.value.isDragging || editor.feedback.value.marquee !== undefined) {
    editor.tool.cancel()
    return true
  }
  if (editor.toolName.value !== 'select') {
    editor.chooseTool('select')
    return true
  }
  if (commands.stopConnecting()) return true
  if (editor.selected.length === 0) return false
  editor.select([])
  return true
}

/** Tools that draw from press to release; the others are used by a click. */
const DRAGGED: ReadonlySet<ToolName> = new Set(['draw', 'highlight', 'eraser', 'laser'])

function isDrawingTool(name: ToolName): boolean {
  return name !== 'select' && name !== 'hand'
}

function shapeBelow(editor: BoardEditor): Shape | undefined {
  const at = editor.keyPointer.at.value
  return at === undefined ? undefined : editor.board.hits(at, 0)[0]
}
