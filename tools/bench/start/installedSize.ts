import { readdirSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

const MB = 1024 * 1024

/** What the files of an installed app are, by what they are for: the first that fits. Paths from its folder, with `/`. */
const KINDS: readonly (readonly [kind: string, files: RegExp])[] = [
  ['Inkroom: app.asar', /^resources\/app\.asar$/],
  ['Inkroom: better-sqlite3', /^resources\/app\.asar\.unpacked\//],
  ['Electron: the program', /^inkroom\.bin$/],
  ['Electron: drawing in software and with a GPU', /^(lib(EGL|GLESv2|vk_swiftshader)\.so|libvulkan\.so\.1)$/],
  ['Electron: text, languages and pages of its own', /^(icudtl\.dat|.*\.pak)$/],
  ['licences', /LICENSE/],
  ['Electron: everything else', /./],
]

/** Megabytes of each kind of file in a folder. */
export function installedSize(folder: string): Record<string, number> {
  const sizes = Object.fromEntries(KINDS.map(([kind]) => [kind, 0]))
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const file = join(entry.parentPath, entry.name)
    const path = relative(folder, file).split(sep).join('/')
    const kind = KINDS.find(([, files]) => files.test(path))?.[0] ?? path
    sizes[kind] = (sizes[kind] ?? 0) + statSync(file).size / MB
  }
  return sizes
}
