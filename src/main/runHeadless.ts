import { app } from 'electron'
import { mkdirSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { runCommandLine } from '../server/commands/commandLine'
import { RENDERER_FOLDER } from './paths'

const HELP = `Without a command the app opens; a room link or a file as an argument is opened in it:
  inkroom [LINK | FILE]
Switches of the app:
  --user-data-dir=DIR   keep the app's data elsewhere; apps with different folders run side by side
  --host=ADDRESS        address that rooms hosted by the app listen on (default: all)`

/**
 * The room server of an installed app without a display: the app's own program, since its fuses do not let it be used
 * as a plain Node. There are no windows and no pages, and nothing is shared with an app of this user that may be open.
 */
export async function runHeadless(args: readonly string[]): Promise<void> {
  // Chromium wants a profile, and puts nothing into it but an id for reports of crashes, which are not sent.
  const profile = join(tmpdir(), `inkroom-headless-${userInfo().uid}`)
  mkdirSync(profile, { recursive: true, mode: 0o700 })
  app.setPath('userData', profile)
  app.setPath('sessionData', profile)
  // When it is ready Electron takes the signals for itself. What is registered after that wins.
  await app.whenReady()
  const outcome = await runCommandLine({
    args,
    clientFolder: RENDERER_FOLDER,
    version: app.getVersion(),
    helpText: HELP,
  })
  if (outcome === 'done') process.exit()
}
