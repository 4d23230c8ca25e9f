/*
 * `npm run serve -- --port P --data DIR`: the headless room server with the browser client. The server runs in this
 * very process, so signals and the exit code are its own. Stdout is left to it.
 */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { NODE_PROGRAM } from './bootstrap/packages.mjs'
import { ROOT } from './bootstrap/paths.mjs'
import { runMain } from './bootstrap/report.mjs'
import { buildIfStale } from './building.mjs'
import { passThrough } from './passThrough.mjs'

/** The prebuilt database module crashes on anything older. */
const SERVER_NEEDS_NODE = 24

await runMain(async () => {
  await buildIfStale()
  const cli = join(ROOT, 'out', 'server', 'cli.js')
  const args = ['serve', ...process.argv.slice(2)]
  if (Number.parseInt(process.versions.node, 10) < SERVER_NEEDS_NODE) {
    process.exitCode = await passThrough(NODE_PROGRAM, [cli, ...args])
    return
  }
  process.argv.splice(1, process.argv.length - 1, cli, ...args)
  await import(pathToFileURL(cli).href)
})
