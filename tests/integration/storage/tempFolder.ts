import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** A new folder for one test, and what removes it. */
export function tempFolder(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(path.join(tmpdir(), 'inkroom-'))
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}
