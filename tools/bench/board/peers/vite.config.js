import { join } from 'node:path'

const page = (/** @type {string} */ name) => join(import.meta.dirname, `${name}.html`)

/** One page for each canvas, as it is published: minified, in production mode. */
export default {
  root: import.meta.dirname,
  logLevel: 'error',
  build: {
    target: 'chrome130',
    outDir: join(import.meta.dirname, '../../../../.cache/board-peers'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 100_000,
    rolldownOptions: { input: [page('excalidraw'), page('tldraw')] },
  },
}
