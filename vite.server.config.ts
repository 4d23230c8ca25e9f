import { resolve } from 'node:path'
import { defineConfig } from 'vite'

/** The headless room server as one file for plain Node. Only packages with native or optional parts stay outside. */
export default defineConfig({
  ssr: { noExternal: true, external: ['better-sqlite3', 'ws', 'pino', 'pino-pretty'] },
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'out/server',
    license: { fileName: 'licences.txt' },
    emptyOutDir: true,
    minify: false,
    rolldownOptions: {
      input: { cli: resolve(import.meta.dirname, 'src/server/cli.ts') },
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
})
