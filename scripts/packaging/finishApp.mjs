import { chmodSync, copyFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Arch } from 'electron-builder'
import { ROOT } from '../bootstrap/paths.mjs'
import { setReleaseFuses } from './fuses.mjs'

/** @import { AfterPackContext } from 'electron-builder' */

const LAUNCHER = join(ROOT, 'resources', 'linux', 'inkroom.sh')

/**
 * The last step before an unpacked app is signed and put into installers.
 * @param {AfterPackContext} context
 */
export async function finishApp({ appOutDir, arch, electronPlatformName, packager }) {
  const isMac = electronPlatformName === 'darwin'
  const program = join(appOutDir, programName(electronPlatformName, packager))
  await setReleaseFuses(program, { isMac, isArm: arch === Arch.arm64 })
  if (electronPlatformName !== 'linux') return
  renameSync(program, `${program}.bin`)
  copyFileSync(LAUNCHER, program)
  chmodSync(program, 0o755)
  copyFileSync(join(ROOT, 'LICENSE'), join(appOutDir, 'LICENSE'))
  // The fallback runtime's starter of app folders.
  rmSync(join(appOutDir, 'resources', 'default_app.asar'), { force: true })
}

/**
 * @param {string} platform
 * @param {AfterPackContext['packager']} packager
 * @returns {string}
 */
function programName(platform, packager) {
  const { productFilename } = packager.appInfo
  if (platform === 'darwin') return `${productFilename}.app`
  if (platform === 'win32') return `${productFilename}.exe`
  return 'inkroom'
}
