import { join } from 'node:path'

/** Folder of this bundle, `out/main`. */
const here = import.meta.dirname

/** Files of the build, all beside each other in the app's folder. */
export const PRELOAD_FILE = join(here, '../preload/index.cjs')
export const RENDERER_FOLDER = join(here, '../renderer')
export const ROOM_SERVER_FILE = join(here, 'roomServerProcess.js')
export const ICON_FILE = join(here, '../../resources/icon.png')
