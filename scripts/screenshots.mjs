/* `npm run screenshots`: takes the pictures in docs/images anew, of the app as it is built from the sources. */
import { join } from 'node:path'
import { NODE_PROGRAM } from './bootstrap/packages.mjs'
import { NODE_MODULES, ROOT } from './bootstrap/paths.mjs'
import { runMain } from './bootstrap/report.mjs'
import { passThrough } from './passThrough.mjs'
import { hasDisplay } from './runtime.mjs'

await runMain(async () => {
  const playwright = [join(NODE_MODULES, '@playwright/test/cli.js'), 'test', '--config', 'tests/screenshots']
  const command = [NODE_PROGRAM, ...playwright, ...process.argv.slice(2)]
  const [program = NODE_PROGRAM, ...args] = hasDisplay()
    ? command
    : ['xvfb-run', '-a', '-s', '-screen 0 1600x1000x24', ...command]
  process.exitCode = await passThrough(program, args, { cwd: ROOT })
})
