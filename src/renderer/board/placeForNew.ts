import { centreOf } from '../../shared/board/geometry/box'
import type { BoardEditor } from './boardEditor'
import { toBoard, viewBox } from './camera'
import type { Point } from './model'

/** Where on the board something new comes: at the pointer, of the keyboard or real; else in the middle of the view. */
export function placeForNew(
  editor: Pick<BoardEditor, 'camera' | 'keyPointer' | 'pointerAt' | 'size'>,
): Point {
  const { camera, keyPointer, pointerAt, size } = editor
  if (keyPointer.at.value !== undefined) return keyPointer.at.value
  return pointerAt === undefined ? centreOf(viewBox(camera, size)) : toBoard(camera, pointerAt)
}
