import { contextBridge, ipcRenderer, webUtils } from 'electron'
import type { UncheckedBridge } from '../shared/ipc/bridge'
import {
  BRIDGE_NAME,
  CALL_NAMES,
  MENU_CHANNEL,
  NEARBY_CHANNEL,
  ROOM_FILE_CHANNEL,
  SETTINGS_CHANNEL,
  SOCKET_EVENT_CHANNEL,
  SOCKET_REQUEST_CHANNEL,
  UPDATE_CHANNEL,
} from '../shared/ipc/channels'
import { functionsOf, type Invoke } from './calls'
import { subscribe } from './subscribe'

const invoke: Invoke = (channel, request) => ipcRenderer.invoke(channel, request)

const { readDropped, ...files } = functionsOf('files', CALL_NAMES.files, invoke)
const { takeDropped, ...roomFiles } = functionsOf('roomFiles', CALL_NAMES.roomFiles, invoke)

/** Only a file that the person dropped or chose has a path; the page cannot make one up. */
const pathOf = (file: object): string => (file instanceof File ? webUtils.getPathForFile(file) : '')

const bridge: UncheckedBridge = {
  app: {
    ...functionsOf('app', CALL_NAMES.app, invoke),
    onMenuCommand: (listener) => subscribe(MENU_CHANNEL, listener),
  },
  settings: {
    ...functionsOf('settings', CALL_NAMES.settings, invoke),
    onChange: (listener) => subscribe(SETTINGS_CHANNEL, listener),
  },
  files: {
    ...files,
    readDropped: (file) => readDropped({ path: pathOf(file) }),
  },
  cache: functionsOf('cache', CALL_NAMES.cache, invoke),
  hosting: functionsOf('hosting', CALL_NAMES.hosting, invoke),
  roomFiles: {
    ...roomFiles,
    takeDropped: (file) => takeDropped({ path: pathOf(file) }),
    onProgress: (listener) => subscribe(ROOM_FILE_CHANNEL, listener),
  },
  discovery: {
    ...functionsOf('discovery', CALL_NAMES.discovery, invoke),
    onNearby: (listener) => subscribe(NEARBY_CHANNEL, listener),
  },
  network: functionsOf('network', CALL_NAMES.network, invoke),
  updates: {
    ...functionsOf('updates', CALL_NAMES.updates, invoke),
    onState: (listener) => subscribe(UPDATE_CHANNEL, listener),
  },
  sockets: {
    request: (request) => ipcRenderer.send(SOCKET_REQUEST_CHANNEL, request),
    onEvent: (listener) => subscribe(SOCKET_EVENT_CHANNEL, listener),
  },
}

contextBridge.exposeInMainWorld(BRIDGE_NAME, bridge)
