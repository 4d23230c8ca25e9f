import { clipboard } from 'electron'
import type { Logger } from '../../server/logger'
import { errorText } from '../../shared/errorText'
import { appCalls } from '../../shared/ipc/app'
import type { RoomFileMessage } from '../../shared/ipc/roomFiles'
import { isRoomFileName } from '../../shared/roomFile'
import type { Device } from '../device/device'
import type { ReadTextFile } from '../files/textFiles'
import { openAfterAsking } from '../dialogs/openExternal'
import type { DialogTexts } from '../dialogs/texts'
import type { AppWindows } from '../windows/appWindows'
import type { WindowSession, WindowSessions, WindowStart } from '../windows/windowSession'
import { isExternalAddress } from '../windows/externalAddress'
import { IpcRefusal, type Router } from './router'

export interface AppServices {
  readonly sessions: WindowSessions
  readonly windows: AppWindows
  readonly device: Device
  /** In the person's language. */
  readonly texts: () => DialogTexts
  /** Commands of a page's menu have changed. */
  readonly onCommands: () => void
  readonly log: Logger
}

export function serveApp(router: Router, services: AppServices): void {
  const { sessions, windows, device, texts, onCommands, log } = services
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
          looksNearby: started.session.nearby !== undefined,
          ...(await startContent(started.start, started.session, log)),
        }
      },
    },
  )
  router.serve('app', others, {
    signLogin: ({ nonce, windowId }) => device.signLogin(nonce, windowId),
    setMenuCommands: ({ commands }, session) => {
      session.commands = new Set(commands)
      onCommands()
      return undefined
    },
    setShownRoom: ({ roomId }, session) => {
      session.shownRoom = roomId ?? undefined
      return undefined
    },
    openRoomWindow: (room) => {
      windows.open(room)
      return undefined
    },
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
    openExternal: async (address, { window }) => {
      if (!isExternalAddress(address))
        throw new IpcRefusal('bad-request', 'only web and mail addresses are opened')
      await openAfterAsking(address, window, texts().openExternal)
      return undefined
    },
  })
}

interface StartContent {
  readonly startLink?: string
  readonly startLinkNeedsConfirmation?: boolean
  readonly startRoom?: string
  readonly startFile?: ReadTextFile
  readonly startRoomFile?: RoomFileMessage
}

/** A file that cannot be read does not keep the window from opening; the person sees an app without it. */
async function startContent(
  start: WindowStart | undefined,
  { files, roomFiles }: Pick<WindowSession, 'files' | 'roomFiles'>,
  log: Logger,
): Promise<StartContent> {
  if (start === undefined) return {}
  if ('roomId' in start) return { startRoom: start.roomId }
  if ('link' in start) return { startLink: start.link, startLinkNeedsConfirmation: start.needsConfirmation }
  if (isRoomFileName(start.file)) return { startRoomFile: roomFiles.take(start.file) }
  try {
    return { startFile: await files.read(start.file) }
  } catch (error) {
    log.warn({ detail: errorText(error) }, 'cannot open the file the app was started with')
    return {}
  }
}
