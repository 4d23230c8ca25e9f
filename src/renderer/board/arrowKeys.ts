import type { BoardCommands } from './boardCommands'
import type { BoardEditor } from './boardEditor'
import type { TellResult } from './keyResult'

/** Makes what is selected larger or smaller. */
export function resizeSelected(
  [x, y]: readonly [number, number],
  isFast: boolean,
  editor: BoardEditor,
  commands: BoardCommands,
  tell: TellResult,
): boolean {
  if (editor.selected.length === 0) return false
  const step = isFast ? 10 : 1
  commands.resizeBy(x * step, y * step)
  tell({ kind: 'placed' })
  return true
}

/** The direction of an arrow key. */
export function arrowOf(key: string): readonly [number, number] | undefined {
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
