/**
 * The names by which page, preload script and main talk. Nothing but names: the preload script runs before anything of
 * the page is parsed, and schemas would be half of the time until then.
 */

/** Name of the one global that the preload script adds to a page. */
export const BRIDGE_NAME = 'inkroom'

/** The calls of each domain, as its table has them. */
export const CALL_NAMES = {
  app: [
    'start',
    'signLogin',
    'setMenuCommands',
    'setShownRoom',
    'openRoomWindow',
    'copyText',
    'paste',
    'openExternal',
  ],
  settings: ['save'],
  files: ['open', 'readDropped', 'save'],
  cache: [
    'claim',
    'claimOrphans',
    'load',
    'append',
    'checkpoint',
    'readLog',
    'discard',
    'release',
    'listRooms',
    'putRoom',
    'forgetRoom',
    'listDrafts',
    'deleteDraft',
    'putAsset',
    'getAsset',
    'listAssets',
    'setAssetsUnsent',
    'close',
  ],
  hosting: ['create', 'list', 'reopen', 'close', 'setListed', 'status', 'setPlainBrowsers'],
  roomFiles: ['choose', 'takeDropped', 'save', 'open', 'cancel'],
  discovery: ['watch', 'unwatch'],
  network: ['check', 'reachability'],
  updates: ['state', 'check', 'setAutomatic', 'restart'],
} as const

/** Channel on which main sends a `MenuCommand`. */
export const MENU_CHANNEL = 'app.menuCommand'
/** Channel on which main sends settings that another window, or the menu, has changed. */
export const SETTINGS_CHANNEL = 'settings.changed'
/** Channel on which main says how far a task with a room file is: `RoomFileProgress`. */
export const ROOM_FILE_CHANNEL = 'roomFiles.progress'
/** Channel on which main sends the whole list of rooms nearby to a window that watches, whenever it changes. */
export const NEARBY_CHANNEL = 'discovery.nearby'
/** Channel on which main sends the `UpdateState` whenever it changes. */
export const UPDATE_CHANNEL = 'updates.state'
/** Channel of a `SocketRequest`, window to main. */
export const SOCKET_REQUEST_CHANNEL = 'sockets.request'
/** Channel of a `SocketEvent`, main to window. */
export const SOCKET_EVENT_CHANNEL = 'sockets.event'
