import { app, clipboard, dialog, powerMonitor, powerSaveBlocker, BrowserWindow } from 'electron'
import type { Logger } from '../server/logger'
import { askAtLastWindow, askToQuit, askToRestart } from './dialogs/quitQuestions'
import { warnOfSleep } from './dialogs/sleepWarning'
import { DIALOG_TEXTS } from './dialogs/texts'
import type { HostedRooms } from './hosting/hostedRooms'
import { TRAY_ICONS } from './paths'
import { PowerWatch } from './power/powerWatch'
import { guestsOf, type Guests } from './quitting/guests'
import { QuitGuard } from './quitting/quitGuard'
import type { SettingsFile } from './settings'
import { AppTray } from './tray/appTray'
import type { AppWindows } from './windows/appWindows'

export interface HostingLifeOptions {
  readonly hosted: HostedRooms
  readonly settings: SettingsFile
  readonly windows: AppWindows
  readonly log: Logger
}

export interface HostingLife {
  readonly guard: QuitGuard
  /** Asks before a restart cuts people off. True where it may go on, which is then not asked again. */
  mayRestart(): Promise<boolean>
  /** The restart has failed: quitting asks again. */
  restartFailed(): void
  endTray(): void
}

/** What the app does while others are in rooms of this device: an entry in the tray, questions, the machine's sleep. */
export function liveWithGuests({ hosted, settings, windows, log }: HostingLifeOptions): HostingLife {
  const dialogTexts = () => DIALOG_TEXTS[settings.value.locale]
  const texts = () => dialogTexts().quit
  const front = (): BrowserWindow | undefined => windows.front
  const lookAgain = async (): Promise<Guests | undefined> => {
    await hosted.look().catch((error: unknown) => log.warn({ err: error }, 'cannot look who is in the rooms'))
    return guestsOf(hosted.live)
  }
  const guard = new QuitGuard({
    guests: () => guestsOf(hosted.live),
    lookAgain,
    askToQuit: (guests) => askToQuit(texts(), guests, front()),
    askAtLastWindow: (guests) => askAtLastWindow(texts(), guests, front()),
    outlivesWindows: process.platform === 'darwin',
    quit: () => app.quit(),
  })
  const power = new PowerWatch({
    monitor: powerMonitor,
    blocker: powerSaveBlocker,
    rooms: hosted,
    warnOfSleep: (guests) => warnOfSleep(dialogTexts().sleep, guests),
    onShutdown: () => guard.allow(),
  })
  const fails = (error: unknown): void => {
    log.error({ err: error }, 'what was chosen in the tray did not work')
    const { title, text } = dialogTexts().trayFailed
    dialog.showErrorBox(title, text)
  }
  const tray = new AppTray({
    icons: TRAY_ICONS,
    locale: () => settings.value.locale,
    actions: {
      openRoom: (roomId) => void windows.open({ roomId }),
      copyLink: (roomId) => {
        hosted
          .inviteLink(roomId)
          .then((link) => clipboard.writeText(link))
          .catch(fails)
      },
      closeRoom: (roomId) => {
        hosted.close(roomId).catch(fails)
      },
      show: () => {
        if (!windows.focus()) windows.open()
      },
      quit: () => app.quit(),
    },
    log,
  })
  hosted.onLiveChange(() => {
    tray.setRooms(hosted.live)
    power.setGuests(guestsOf(hosted.live))
    // Nothing would show the app any more.
    if (hosted.live.length === 0 && guard.isWithoutWindow) app.quit()
  })
  settings.onChange(() => tray.refresh())
  app.on('before-quit', (event) => guard.beforeQuit(event))
  const follow = (window: BrowserWindow): void => {
    // Windows says to each window that it shuts down.
    window.on('session-end', () => guard.allow())
  }
  for (const window of BrowserWindow.getAllWindows()) follow(window)
  app.on('browser-window-created', (_event, window) => {
    guard.windowOpened()
    follow(window)
  })
  // A system that ends the app does not wait for an answer.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => {
      guard.allow()
      app.quit()
    })
  }
  return {
    guard,
    endTray: () => tray.end(),
    restartFailed: () => guard.forbid(),
    async mayRestart() {
      const guests = await lookAgain()
      if (guests !== undefined && !(await askToRestart(dialogTexts().restart, guests, front()))) return false
      guard.allow()
      return true
    },
  }
}
