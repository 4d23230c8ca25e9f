import type { AssetClient } from '../../../client/api'
import { importSteps, withAssets, type ExcalidrawPicture } from '../../../shared/board/excalidraw'
import { centreOf } from '../../../shared/board/geometry/box'
import { createAroundSteps } from '../../../shared/board/ops'
import type { Steps } from '../../../shared/board/steps'
import type { BoardEditor } from '../../board/boardEditor'
import { viewBox } from '../../board/camera'
import type { Point } from '../../board/model'

/** What came of a drawing. */
export interface ImportedDrawing {
  readonly shapes: number
  /** Pictures that could not be taken: they are cards that say so. */
  readonly lost: number
}

/** Makes a picture of a file one of the room's; rejects where it cannot be one. */
export type StorePicture = (picture: ExcalidrawPicture, assets: AssetClient) => Promise<string>

/**
 * Puts the shapes of a drawing around `at`, or in the middle of what is seen, as one step to undo; its pictures become
 * pictures of the room first. `doSteps` does what takes long, and answers with undefined where it is given up: then the board is as
 * it was, and so is the answer. Throws ExcalidrawError.
 */
export async function importDrawing(
  editor: BoardEditor,
  text: string,
  assets: AssetClient,
  store: StorePicture,
  doSteps: <T>(steps: Steps<T>) => Promise<T | undefined>,
  at?: Point,
): Promise<ImportedDrawing | undefined> {
  const scene = await doSteps(importSteps(text, { newId: () => editor.newId() }))
  if (scene === undefined) return undefined
  if (scene.shapes.length === 0) return { shapes: 0, lost: 0 }
  const stored = new Map<string, string>()
  const wanted = scene.shapes.flatMap(({ type, assetId }) => (type === 'image' ? [assetId ?? ''] : []))
  for (const id of new Set(wanted)) {
    const picture = scene.pictures.get(id)
    if (picture === undefined) continue
    try {
      stored.set(id, await store(picture, assets))
    } catch {
      // One bad picture does not keep the others out; it is counted, and its shape says that it is missing.
    }
  }
  const shapes = withAssets(scene.shapes, stored)
  if (!editor.hasRoom(shapes.length)) return undefined
  const middle = at ?? centreOf(viewBox(editor.camera, editor.size))
  const op = await doSteps(createAroundSteps(editor.board, shapes, middle))
  if (op === undefined) return undefined
  editor.chooseTool('select')
  editor.edit(op)
  editor.select(shapes.map(({ id }) => id))
  return { shapes: shapes.length, lost: wanted.filter((id) => !stored.has(id)).length }
}
