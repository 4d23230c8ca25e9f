import { resolve } from 'node:path'
import { build } from 'vite'
import { ROOT, programOf, PROGRAMS } from './programs'

/** Bundles what runs on the machines of the labs, once for all tests: started from their sources they take seconds. */
export async function setup(): Promise<void> {
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'warn',
    ssr: { noExternal: true, external: ['better-sqlite3', 'ws', 'pino', 'pino-pretty'] },
    build: {
      ssr: true,
      target: 'node24',
      minify: false,
      outDir: resolve(programOf('person'), '..'),
      emptyOutDir: true,
      rolldownOptions: {
        input: Object.fromEntries(
          Object.entries(PROGRAMS).map(([name, file]) => [name, resolve(ROOT, file)]),
        ),
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  })
}
