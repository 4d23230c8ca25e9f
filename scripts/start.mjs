/*
 * `npm start`: opens the app where there is a display; without one, runs the headless server with the browser client
 * and prints the link to join. Arguments go to whichever is started.
 */
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { joinText } from './announcement.mjs'
import { NODE_PROGRAM } from './bootstrap/packages.mjs'
import { ROOT } from './bootstrap/paths.mjs'
import { runMain, say } from './bootstrap/report.mjs'
import { buildIfStale } from './building.mjs'
import { passThrough } from './passThrough.mjs'
import { electronEnvironment, hasDisplay, isSandboxRefused } from './runtime.mjs'

/** Title of the room that a server started without a display makes, so that there is a link to join. */
const FIRST_ROOM = 'Inkroom'

await runMain(async () => {
  await buildIfStale()
  process.exitCode = await (hasDisplay() ? openApp() : runServer())
})

/** @returns {Promise<number>} */
function openApp() {
  Object.assign(process.env, electronEnvironment())
  /** @type {string} what the `electron` package exports outside Electron: the path of the program */
  const electron = createRequire(import.meta.url)('electron')
  return passThrough(electron, [
    ...(isSandboxRefused() ? ['--no-sandbox'] : []),
    ROOT,
    ...process.argv.slice(2),
  ])
}

/** @returns {Promise<number>} */
function runServer() {
  say('there is no display: starting the room server, for browsers')
  const asked = process.argv.slice(2)
  const names = (/** @type {string} */ option) =>
    asked.some((arg) => arg === option || arg.startsWith(`${option}=`))
  const args = [
    ...(names('--room') ? [] : ['--room', FIRST_ROOM]),
    ...(names('--log-level') ? [] : ['--log-level', 'warn']),
    ...asked,
  ]
  let unread = ''
  return passThrough(NODE_PROGRAM, [join(ROOT, 'out', 'server', 'cli.js'), 'serve', ...args], {
    onStdout(chunk) {
      const lines = (unread + chunk.toString()).split('\n')
      unread = lines.pop() ?? ''
      for (const line of lines) process.stdout.write(`${joinText(line) ?? line}\n`)
    },
  })
}
