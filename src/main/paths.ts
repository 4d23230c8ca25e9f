import { app } from 'electron'
import { join } from 'node:path'

/** Files of the app. Not named from this module's own place, since a bundler decides about that. */
const inApp = (...path: string[]): string => join(app.getAppPath(), ...path)

export const PRELOAD_FILE = inApp('out/preload/index.cjs')
export const RENDERER_FOLDER = inApp('out/renderer')
export const ROOM_SERVER_FILE = inApp('out/main/roomServerProcess.js')
export const ICON_FILE = inApp('resources/icon.png')
