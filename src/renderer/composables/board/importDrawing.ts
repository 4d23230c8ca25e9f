import type { AssetClient } from '../../../client/api'
import { importExcalidraw, withAssets, type ExcalidrawPicture } from '../../../shared/board/excalidraw'
import { centreOf } from '../../../shared/board/geometry/box'
import { boxOfShapes, createShapes, moveShapes } from '../../../shared/board/ops'
import type { BoardEditor } from '../../board/boardEditor'
import { viewBox } from '../../board/camera'

/** What came of a drawing. */
export interface ImportedDrawing {
  readonly shapes: number
  /** Pictures that could not be taken: they are cards that say so. */
  readonly lost: number
}

/** Makes a picture of a file one of the room's; rejects where it cannot be one. */
export type StorePicture = (picture: ExcalidrawPicture, assets: AssetClient) => Promise<string>

/**
 * Puts the shapes of a drawing into the middle of what is seen, as one step to undo; its pictures become pictures of
 * the room first. Throws ExcalidrawError.
 */
export async function importDrawing(
  editor: BoardEditor,
  text: string,
  assets: AssetClient,
  store: StorePicture,
): Promise<ImportedDrawing> {
  const scene = importExcalidraw(text, { newId: () => editor.newId() })
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
  editor.chooseTool('select')
  editor.begin()
  editor.edit(createShapes(editor.board, shapes))
  const ids = shapes.map(({ id }) => id)
  editor.select(ids)
  const box = boxOfShapes(editor.selectedShapes)
  if (box !== undefined) {
    const [from, to] = [centreOf(box), centreOf(viewBox(editor.camera, editor.size))]
    editor.edit(moveShapes(editor.board, ids, Math.round(to.x - from.x), Math.round(to.y - from.y)))
  }
  editor.end()
  return { shapes: shapes.length, lost: wanted.filter((id) => !stored.has(id)).length }
}
