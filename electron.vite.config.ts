import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'
import { resolve } from 'node:path'

const root = import.meta.dirname

/** The oldest runtime the app is run on: Electron 33 (Node 20, Chromium 130). */
const NODE_TARGET = 'node20'
const CHROME_TARGET = 'chrome130'

/** What is bundled comes with its licence: it asks for that, and so do guests who get the page over the network. */
const license = { fileName: 'licences.txt' }

export default defineConfig({
  main: {
    build: {
      target: NODE_TARGET,
      outDir: 'out/main',
      license,
      rolldownOptions: {
        input: {
          index: resolve(root, 'src/main/index.ts'),
          roomServerProcess: resolve(root, 'src/main/roomServerProcess.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      target: NODE_TARGET,
      outDir: 'out/preload',
      // A sandboxed preload can load nothing but Electron itself, so everything else is bundled into it.
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: resolve(root, 'src/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [vue()],
    server: { host: '127.0.0.1' },
    build: {
      target: CHROME_TARGET,
      outDir: resolve(root, 'out/renderer'),
      license,
      emptyOutDir: true,
      // Guests load it over the network.
      minify: true,
      // The Content-Security-Policy takes fonts from files only, not from data addresses inside the style sheet.
      assetsInlineLimit: 0,
      rolldownOptions: { input: { index: resolve(root, 'src/renderer/index.html') } },
    },
  },
})
