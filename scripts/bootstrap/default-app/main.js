/*
 * Starts the app folder named on the command line, as the default app of an official Electron does. The fallback
 * runtime has none of its own. As there, the app's module is awaited, so that `ready` comes only after it has run.
 */
import { app } from 'electron'
import { readFileSync } from 'node:fs'
import Module from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArguments } from './arguments.js'

const { folder, preload } = parseArguments(process.argv)

if (folder === undefined) {
  process.stderr.write('usage: electron [flags] FOLDER\n')
  app.exit(1)
} else {
  preloadModules(preload.map((file) => resolve(file)))
  try {
    await startApp(resolve(folder))
  } catch (error) {
    process.stderr.write(`cannot start ${folder}\n${error instanceof Error ? error.stack : String(error)}\n`)
    app.exit(1)
  }
}

/** @param {string} path */
async function startApp(path) {
  const manifest = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'))
  Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true })
  app.setName(manifest.productName ?? manifest.name)
  // Undocumented; Electron's own default app sets them, too.
  const undocumented = /** @type {{ setVersion(version: string): void, setAppPath(path: string): void }} */ (
    /** @type {unknown} */ (app)
  )
  undocumented.setVersion(manifest.version)
  undocumented.setAppPath(path)
  await import(pathToFileURL(join(path, manifest.main ?? 'index.js')).href)
}

/**
 * Node's own way to load what `-r` names; it has no public one.
 * @param {string[]} files
 */
function preloadModules(files) {
  const loader = /** @type {{ _preloadModules(files: string[]): void }} */ (/** @type {unknown} */ (Module))
  loader._preloadModules(files)
}
