import { clipboard, shell } from 'electron'
import type { Logger } from '../../server/logger'
import { errorText } from '../../shared/errorText'
import { appCalls } from '../../shared/ipc/app'
import type { StartArgument } from '../commandLine'
import type { Device } from '../device/device'
import type { ReadTextFile, TextFiles } from '../files/textFiles'
import type { WindowSessions } from '../windows/windowSession'
import { isExternalAddress } from '../windows/externalAddress'
import { IpcRefusal, type Router } from './router'

export function serveApp(router: Router, sessions: WindowSessions, device: Device, log: Logger): void {
  const { start, ...others } = appCalls
  router.serveAnyPage(
    'app',
    { start },
    {
      start: async (_, webContents) => {
        const started = await sessions.start(webContents)
        if (started === undefined) throw new IpcRefusal('not-allowed', 'the window is gone')
        return {
          deviceKey: device.publicKey,
          ...(await startContent(started.start, started.session.files, log)),
        }
      },
    },
  )
  router.serve('app', others, {
    signLogin: ({ nonce, windowId }) => device.signLogin(nonce, windowId),
    copyText: async (text) => {
      await clipboard.writeText(text)
      return undefined
    },
    paste: (_, { window, presses }) => {
      // The page gets the clipboard as from the key, and never at a moment of its own choice.
      if (!presses.take()) throw new IpcRefusal('not-allowed', 'nothing was pressed in the window')
      window.webContents.paste()
      return undefined
    },
    openExternal: async (address) => {
      if (!isExternalAddress(address))
        throw new IpcRefusal('bad-request', 'only web and mail addresses are opened')
      await shell.openExternal(address)
      return undefined
    },
  })
}

/** A file that cannot be read does not keep the window from opening; the person sees an app without it. */
async function startContent(
  start: StartArgument | undefined,
  files: TextFiles,
  log: Logger,
): Promise<{ startLink?: string; startLinkNeedsConfirmation?: boolean; startFile?: ReadTextFile }> {
  if (start === undefined) return {}
  if ('link' in start) return { startLink: start.link, startLinkNeedsConfirmation: start.needsConfirmation }
  try {
    return { startFile: await files.read(start.file) }
  } catch (error) {
    log.warn({ detail: errorText(error) }, 'cannot open the file the app was started with')
    return {}
  }
}
