import type { Logger } from '../../server/logger'
import { errorText } from '../../shared/errorText'
import { appCalls } from '../../shared/ipc/app'
import type { RoomFileMessage } from '../../shared/ipc/roomFiles'
import { isRoomFileName } from '../../shared/roomFile'
import type { Device } from '../device/device'
import type { ReadTextFile } from '../files/textFiles'
import type { SessionFactory, WindowSession, WindowSessions, WindowStart } from '../windows/windowSession'
import type { SettingsFile } from '../settings'
import { IpcRefusal, type Router } from './router'

/** What has to be there before a page can start. */
export interface StartServices {
  readonly device: Device
  readonly createSession: SessionFactory
}

/**
 * Serves the call that pages begin with, and makes them wait until the returned function is called: by then every other
 * call has to be served.
 */
export function serveStart(
  router: Router,
  sessions: WindowSessions,
  settings: Pick<SettingsFile, 'value'>,
  log: Logger,
): (services: StartServices) => void {
  let serve: (services: StartServices) => void = () => undefined
  const services = new Promise<StartServices>((resolve) => (serve = resolve))
  const { start } = appCalls
  router.serveAnyPage(
    'app',
    { start },
    {
      start: async (_, webContents) => {
        const { device, createSession } = await services
        const started = await sessions.start(webContents, createSession)
        if (started === undefined) throw new IpcRefusal('not-allowed', 'the window is gone')
        return {
          deviceKey: device.publicKey,
          settings: settings.value,
          looksNearby: started.session.nearby !== undefined,
          ...(await startContent(started.start, started.session, log)),
        }
      },
    },
  )
  return serve
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
