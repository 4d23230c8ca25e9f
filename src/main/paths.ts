import { app } from 'electron'
import { join } from 'node:path'

/** Files of the app. Not named from this module's own place, since a bundler decides about that. */
const inApp = (...path: string[]): string => join(app.getAppPath(), ...path)

export const PRELOAD_FILE = inApp('out/preload/index.cjs')
export const RENDERER_FOLDER = inApp('out/renderer')
export const ROOM_SERVER_FILE = inApp('out/main/roomServerProcess.js')
export const ICON_FILE = inApp('resources/icon.png')
/** In colour for Linux, whose panels do not say whether they are light or dark. */
export const TRAY_ICONS = {
  template: inApp('resources/tray/trayTemplate.png'),
  light: inApp('resources/tray/tray-light.png'),
  dark: inApp('resources/tray/tray-dark.png'),
  colour: inApp('resources/tray/tray-colour.png'),
}
