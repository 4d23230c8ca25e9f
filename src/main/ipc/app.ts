import { clipboard } from 'electron'
import { appCalls } from '../../shared/ipc/app'
import type { Device } from '../device/device'
import { openAfterAsking } from '../dialogs/openExternal'
import type { DialogTexts } from '../dialogs/texts'
import type { AppWindows } from '../windows/appWindows'
import { isExternalAddress } from '../windows/externalAddress'
import { IpcRefusal, type Router } from './router'

export interface AppServices {
  readonly windows: AppWindows
  readonly device: Device
  /** In the person's language. */
  readonly texts: () => DialogTexts
  /** Commands of a page's menu have changed. */
  readonly onCommands: () => void
}

/** All calls of the domain but `start`, which is served before the others are loaded. */
export function serveApp(router: Router, services: AppServices): void {
  const { windows, device, texts, onCommands } = services
  const { start: _start, ...others } = appCalls
  router.serve('app', others, {
    signLogin: (proof, { sockets }) => {
      // The page's word is not taken for whom it talks to.
      if (!sockets.isOpenTo(proof.audience))
        throw new IpcRefusal('not-allowed', 'no socket of the window is open to that audience')
      return device.signLogin(proof)
    },
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
