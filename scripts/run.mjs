/*
 * Runs a TypeScript program of this repository under Node 24, without a build: `node scripts/run.mjs FILE [ARGUMENT...]`.
 */
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { NODE_PROGRAM, ensurePackages } from './bootstrap/packages.mjs'
import { ROOT } from './bootstrap/paths.mjs'
import { SetupError, runMain } from './bootstrap/report.mjs'
import { passThrough } from './passThrough.mjs'

await runMain(async () => {
  const [file, ...args] = process.argv.slice(2)
  if (file === undefined) throw new SetupError('usage: node scripts/run.mjs FILE [ARGUMENT...]')
  await ensurePackages()
  process.exitCode = await passThrough(NODE_PROGRAM, [
    '--experimental-transform-types',
    '--disable-warning=ExperimentalWarning',
    `--import=${pathToFileURL(join(ROOT, 'scripts', 'typescriptImports.mjs')).href}`,
    resolve(file),
    ...args,
  ])
})
