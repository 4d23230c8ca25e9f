import { constants } from 'node:fs'
import { access, mkdir } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { StartError } from './startError'

/** What decides where data goes, taken from the process. */
export interface UserPlace {
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
  readonly home: string
}

const ownPlace = (): UserPlace => ({ platform: process.platform, env: process.env, home: homedir() })

/** Where a server keeps its rooms unless told otherwise: the user's own data folder by the custom of the system. */
export function defaultDataFolder({ platform, env, home }: UserPlace = ownPlace()): string {
  if (platform === 'win32')
    return join(env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'Inkroom Server')
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Inkroom Server')
  // The XDG specification wants relative values ignored.
  const xdg = env['XDG_DATA_HOME']
  return join(xdg?.startsWith('/') === true ? xdg : join(home, '.local', 'share'), 'inkroom')
}

/** Only its owner may look into a data folder: it holds the private keys of the rooms. */
const OWNER_ONLY = 0o700

/** Makes sure that a data folder exists and can be written. Throws StartError `data-unwritable`. */
export async function prepareDataFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: OWNER_ONLY })
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (error) {
    throw new StartError(
      'data-unwritable',
      `The data folder ${folder} cannot be created or written. Choose another one, or correct its permissions.`,
      { cause: error },
    )
  }
}
