import { copyFile, link, mkdir, readdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The program of {@link installLike} in its folder. */
const PROGRAM = 'inkroom'

/**
 * Puts the built app into a folder as an installer would, without packing anything: Electron under the app's own name,
 * which makes it a packaged app, and the checkout as its `resources/app`. Returns the program. `feed`: the address that
 * the installation looks for new versions at.
 */
export async function installLike(folder: string, feed: string): Promise<string> {
  const runtime =
    process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(process.cwd(), 'node_modules/electron/dist')
  const resources = join(folder, 'resources')
  await mkdir(resources, { recursive: true })
  const names = (await readdir(runtime)).filter((name) => name !== 'electron' && name !== 'resources')
  await Promise.all(names.map((name) => symlink(join(runtime, name), join(folder, name))))
  const program = join(folder, PROGRAM)
  // Chromium looks for its files beside the program itself, so that cannot be a symbolic link.
  await link(join(runtime, 'electron'), program).catch(() => copyFile(join(runtime, 'electron'), program))
  await symlink(process.cwd(), join(resources, 'app'))
  await writeFile(
    join(resources, 'app-update.yml'),
    `provider: generic\nurl: ${feed}\nupdaterCacheDirName: inkroom-test-updater\n`,
  )
  return program
}
