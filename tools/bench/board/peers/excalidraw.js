import { Excalidraw, getCommonBounds, restoreElements } from '@excalidraw/excalidraw'
import '@excalidraw/excalidraw/index.css'
import { createElement } from 'react'
import { createRoot } from 'react-dom/client'

const TOOLS = { select: 'selection', draw: 'freedraw' }

const api = await new Promise((resolve) => {
  const props = { excalidrawAPI: resolve, theme: 'light' }
  createRoot(document.getElementById('canvas')).render(createElement(Excalidraw, props))
})
let shown = []

/** What the benchmark asks of a canvas; see ../peer.ts. */
window.peer = {
  show(elements) {
    shown = restoreElements(elements, null)
    api.updateScene({ elements: shown })
  },
  view(name) {
    if (name === 'all') return api.scrollToContent(shown, { fitToContent: true, animate: false })
    const [left, top, right, bottom] = getCommonBounds(shown)
    const { width, height } = api.getAppState()
    api.updateScene({
      appState: {
        zoom: { value: 1 },
        scrollX: (width - left - right) / 2,
        scrollY: (height - top - bottom) / 2,
      },
    })
  },
  tool(name) {
    api.setActiveTool({ type: TOOLS[name] })
  },
  state() {
    const { scrollX, scrollY, zoom } = api.getAppState()
    return { x: scrollX, y: scrollY, zoom: zoom.value, shapes: api.getSceneElements().length }
  },
  takeBack() {
    api.updateScene({ elements: shown })
  },
}
