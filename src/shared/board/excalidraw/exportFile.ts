import { orderBetween } from '../../ot/records'
import type { Shape } from '../shape'
import { finish, type Steps } from '../steps'
import { elementsOf, type SceneContext } from './exportElements'
import type { ExcalidrawPicture } from './importFile'

export interface ExportOptions {
  /** A stored picture; undefined where it is not at hand: then it is left out and shown as missing. */
  picture(assetId: string): ExcalidrawPicture | undefined
}

const SOURCE = 'inkroom'

/** Shapes, in drawing order, as an `.excalidraw` file. */
export function exportExcalidraw(shapes: readonly Shape[], options: ExportOptions): string {
  return finish(exportSteps(shapes, options))
}

/** {@link exportExcalidraw}, a shape each step. */
export function* exportSteps(shapes: readonly Shape[], options: ExportOptions): Steps<string> {
  const scene = {
    type: 'excalidraw',
    version: 2,
    source: SOURCE,
    elements: yield* sceneElements(shapes),
    appState: { gridSize: 20, viewBackgroundColor: '#ffffff' },
    files: filesOf(shapes, options),
  }
  return `${JSON.stringify(scene, undefined, 2)}\n`
}

/** Shapes as Excalidraw takes them from the clipboard. */
export function exportClipboard(shapes: readonly Shape[], options: ExportOptions): string {
  const elements = finish(sceneElements(shapes))
  return JSON.stringify({ type: 'excalidraw/clipboard', elements, files: filesOf(shapes, options) })
}

function* sceneElements(shapes: readonly Shape[]): Steps<unknown[]> {
  const byId = new Map(shapes.map((shape) => [shape.id, shape]))
  const arrows = new Map<string, string[]>()
  for (const shape of shapes) {
    if (shape.type !== 'arrow') continue
    for (const held of new Set([shape.start?.shapeId, shape.end?.shapeId])) {
      if (held === undefined) continue
      const known = arrows.get(held)
      if (known === undefined) arrows.set(held, [shape.id])
      else known.push(shape.id)
    }
  }
  const context: SceneContext = {
    get: (id) => byId.get(id),
    arrowsAt: (id) => arrows.get(id) ?? [],
  }
  const elements: ReturnType<typeof elementsOf>[number][] = []
  for (const [i, shape] of shapes.entries()) {
    yield i / shapes.length
    elements.push(...elementsOf(shape, context))
  }
  // Excalidraw's order of elements is by fractional keys of the same kind.
  const { keys } = orderBetween([], 0, elements.length)
  return elements.map((element, i) => ({ ...element, index: keys[i] }))
}

function filesOf(shapes: readonly Shape[], { picture }: ExportOptions): Record<string, unknown> {
  const files: Record<string, unknown> = {}
  for (const shape of shapes) {
    if (shape.type !== 'image' || shape.assetId === undefined) continue
    const found = picture(shape.assetId)
    if (found === undefined) continue
    files[shape.assetId] = { id: shape.assetId, mimeType: found.mimeType, dataURL: found.dataUrl, created: 1 }
  }
  return files
}
