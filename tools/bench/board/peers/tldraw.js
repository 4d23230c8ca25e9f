import { getAssetUrlsByImport } from '@tldraw/assets/imports.vite'
import { createElement } from 'react'
import { createRoot } from 'react-dom/client'
import { compressLegacySegments, Tldraw, toRichText } from 'tldraw'
import 'tldraw/tldraw.css'

/** More than any board here has; it refuses more than 4,000 on a page by default. */
const MOST_SHAPES = 100_000

const editor = await new Promise((resolve) => {
  const props = {
    onMount: resolve,
    hideUi: true,
    assetUrls: getAssetUrlsByImport(),
    options: { maxShapesPerPage: MOST_SHAPES },
    colorScheme: 'light',
  }
  createRoot(document.getElementById('canvas')).render(createElement(Tldraw, props))
})
const shown = new Set()

const propsOf = ({ props: { label, points, ...props } }) => ({
  ...props,
  ...(label === undefined ? {} : { richText: toRichText(label) }),
  ...(points === undefined ? {} : { segments: compressLegacySegments([{ type: 'free', points }]) }),
})

/** What the benchmark asks of a canvas; see ../peer.ts. */
window.peer = {
  show(shapes) {
    editor.createShapes(shapes.map((shape) => ({ ...shape, props: propsOf(shape) })))
    for (const id of editor.getCurrentPageShapeIds()) shown.add(id)
    editor.clearHistory()
  },
  view(name) {
    if (name === 'all') return editor.zoomToFit()
    editor.resetZoom()
    editor.centerOnPoint(editor.getCurrentPageBounds().center)
  },
  tool(name) {
    editor.setCurrentTool(name)
  },
  state() {
    const { x, y, z } = editor.getCamera()
    return { x, y, zoom: z, shapes: editor.getCurrentPageShapeIds().size }
  },
  takeBack() {
    editor.deleteShapes([...editor.getCurrentPageShapeIds()].filter((id) => !shown.has(id)))
  },
}
