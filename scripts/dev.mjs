/* `npm run dev`: the app from the sources, reloading as they change. Arguments go to electron-vite. */
import { join } from 'node:path'
import { NODE_PROGRAM } from './bootstrap/packages.mjs'
import { NODE_MODULES, ROOT } from './bootstrap/paths.mjs'
import { SetupError, runMain } from './bootstrap/report.mjs'
import { markStale } from './building.mjs'
import { passThrough } from './passThrough.mjs'
import { electronEnvironment, hasDisplay, isSandboxRefused } from './runtime.mjs'

await runMain(async () => {
  if (!hasDisplay()) throw new SetupError('npm run dev opens a window and there is no display')
  // The development build goes into out/, too.
  markStale()
  process.exitCode = await passThrough(
    NODE_PROGRAM,
    [
      join(NODE_MODULES, 'electron-vite', 'bin', 'electron-vite.js'),
      'dev',
      '--watch',
      ...(isSandboxRefused() ? ['--noSandbox'] : []),
      ...process.argv.slice(2),
    ],
    { cwd: ROOT, env: { ...process.env, ...electronEnvironment() }, wholeGroup: true },
  )
})
