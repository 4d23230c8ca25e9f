import type { BoardCommands } from './boardCommands'
import type { BoardEditor } from './boardEditor'
import type { BoardPointer } from './boardPointer'
import { panBy } from './camera'
import type { Point } from './model'
import type { PointerActions } from './pointerInput'

/** What pointers have to do with the place the board is shown in. */
export interface PointerSurface {
  readonly host: HTMLElement
  /** The pointer is at a place of the board, or has left it. */
  pointAt(point: Point | undefined): void
  setCursor(cursor: string | undefined): void
  /** True where a press at `point` was for a picture that can be asked for once more. */
  pressPicture(point: Point): boolean
}

/** What pointers do to a board. */
export function pointerActions(
  editor: BoardEditor,
  commands: BoardCommands,
  surface: PointerSurface,
): PointerActions {
  const { host } = surface
  const noteAt = ({ point, screen }: BoardPointer): void => {
    editor.pointerAt = screen
    surface.pointAt(point)
  }
  return {
    get camera() {
      return editor.camera
    },
    get isHand() {
      return editor.toolName.value === 'hand'
    },
    get hasLongPress() {
      const { value } = editor.toolName
      return value === 'select' || value === 'hand'
    },
    panBy: (dx, dy) => editor.setCamera(panBy(editor.camera, dx, dy)),
    zoomBy: (factor, at) => commands.zoomBy(factor, at),
    down: (pointer) => {
      host.focus({ preventScroll: true })
      editor.stopEditing()
      editor.onOwnMove?.()
      if (pointer.isEraser === true && editor.canWrite.value) editor.borrowEraser()
      const changesNothing = ['select', 'laser'].includes(editor.toolName.value)
      if (editor.canWrite.value || changesNothing) editor.tool.down(pointer)
    },
    move: (pointer) => {
      noteAt(pointer)
      editor.tool.move(pointer)
    },
    up: (pointer) => {
      editor.tool.up(pointer)
      editor.returnEraser()
    },
    cancel: () => {
      editor.tool.cancel()
      editor.returnEraser()
    },
    longPress: ({ x: clientX, y: clientY }) =>
      host.dispatchEvent(
        new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX, clientY, button: 2 }),
      ),
    doubleClick: (pointer) => {
      if (surface.pressPicture(pointer.point)) return
      if (editor.canWrite.value) editor.tool.doubleClick?.(pointer)
    },
    hover: (pointer) => {
      if (!editor.keyPointer.isDown) editor.keyPointer.hide()
      noteAt(pointer)
      editor.tool.hover?.(pointer)
    },
    leave: () => {
      editor.pointerAt = undefined
      surface.pointAt(undefined)
      editor.show({ hovered: undefined })
    },
    setCursor: (cursor) => surface.setCursor(cursor),
  }
}
