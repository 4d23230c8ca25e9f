import vue from '@vitejs/plugin-vue'
import { resolve } from 'node:path'
import { defineConfig } from 'vite'

/** Serves the renderer with a fake room, to look at its screens without a server. */
export default defineConfig({
  root: import.meta.dirname,
  cacheDir: resolve(import.meta.dirname, '../../.cache/preview'),
  plugins: [vue()],
  build: {
    outDir: resolve(import.meta.dirname, '../../.cache/preview-built'),
    emptyOutDir: true,
    target: 'esnext',
    minify: false,
    chunkSizeWarningLimit: 1e5,
  },
  server: { host: '127.0.0.1', strictPort: false, fs: { allow: [resolve(import.meta.dirname, '../..')] } },
})
