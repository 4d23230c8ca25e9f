import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build, preview, type PreviewServer } from 'vite'
import { installLocked, isInstallationCurrent } from '../../../scripts/bootstrap/packages.mjs'
import { ROOT, fingerprint, readJson } from '../../../scripts/bootstrap/paths.mjs'
import { PEER_NAMES } from './peer'

/** A package of its own: Inkroom has nothing of it. */
const PEERS = join(import.meta.dirname, 'peers')
const OUT = join(ROOT, '.cache', 'board-peers')
/** Holds what the pages were built from. */
const STAMP = join(OUT, 'sources')
const SOURCES = [
  'package-lock.json',
  'vite.config.js',
  ...PEER_NAMES.flatMap((name) => [`${name}.html`, `${name}.js`]),
]
/** Excalidraw asks for its fonts by address. */
const EXCALIDRAW_ASSETS = 'node_modules/@excalidraw/excalidraw/dist/prod/fonts'

/** Serves the pages on loopback, installed and built where they are not yet. */
export async function servePeerPages(): Promise<PreviewServer> {
  const sources = fingerprint(SOURCES.map((name) => readFileSync(join(PEERS, name))))
  if (!existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== sources) {
    if (!isInstalled()) await installLocked(PEERS)
    await build({ configFile: join(PEERS, 'vite.config.js') })
    cpSync(join(PEERS, EXCALIDRAW_ASSETS), join(OUT, 'excalidraw-assets', 'fonts'), { recursive: true })
    writeFileSync(STAMP, sources)
  }
  return preview({
    configFile: join(PEERS, 'vite.config.js'),
    preview: { host: '127.0.0.1', port: 0, strictPort: true, open: false },
  })
}

function isInstalled(): boolean {
  const installed = join(PEERS, 'node_modules', '.package-lock.json')
  if (!existsSync(installed)) return false
  type Lockfile = Parameters<typeof isInstallationCurrent>[0]
  const [wanted, found] = [join(PEERS, 'package-lock.json'), installed].map(
    (file) => readJson(file) as Lockfile,
  )
  return wanted !== undefined && found !== undefined && isInstallationCurrent(wanted, found)
}
