/*
 * Makes a fresh clone runnable, and does nothing the second time. It runs on the machine's own Node (18 or newer) and
 * needs no packages until it has installed them.
 *
 *   node scripts/bootstrap.mjs             for `npm start`: with Electron if there is a display, else without
 *   node scripts/bootstrap.mjs --headless  for the server alone: npm packages and Node 24, nothing else
 *   node scripts/bootstrap.mjs --test      for `npm test`: Electron, Xvfb, Chromium, fonts, what packaging needs
 *   node scripts/bootstrap.mjs --package   for `npm run package`: Electron and what packaging needs
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { NODE_PROGRAM, ensurePackages } from './bootstrap/packages.mjs'
import { SetupError, runMain } from './bootstrap/report.mjs'
import { hasDisplay } from './runtime.mjs'

/** What the tools in node_modules that prepare Electron run on. */
const TOOLS_NEED_NODE = 22

/** @type {ReadonlyMap<string, 'headless' | 'test' | 'package'>} */
const PURPOSES = new Map([
  ['--headless', 'headless'],
  ['--test', 'test'],
  ['--package', 'package'],
])

await runMain(async () => {
  const options = process.argv.slice(2)
  const unknown = options.find((option) => !PURPOSES.has(option))
  if (unknown !== undefined)
    throw new SetupError(`unknown option ${unknown}; there are ${[...PURPOSES.keys()].join(', ')}`)
  const purpose = PURPOSES.get(options[0] ?? '') ?? 'start'

  await ensurePackages()
  if (purpose === 'headless' || (purpose === 'start' && !hasDisplay())) return

  if (Number.parseInt(process.versions.node, 10) < TOOLS_NEED_NODE) {
    const again = spawnSync(NODE_PROGRAM, [fileURLToPath(import.meta.url), ...options], { stdio: 'inherit' })
    process.exitCode = again.status ?? 1
    return
  }
  const { ensureDesktop } = await import('./bootstrap/desktop.mjs')
  await ensureDesktop(purpose)
})
