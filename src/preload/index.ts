import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { appCalls, MENU_CHANNEL, menuCommandSchema } from '../shared/ipc/app'
import { BRIDGE_NAME, type Bridge } from '../shared/ipc/bridge'
import { cacheCalls } from '../shared/ipc/cache'
import { discoveryCalls, NEARBY_CHANNEL, nearbyRoomsSchema } from '../shared/ipc/discovery'
import { filesCalls } from '../shared/ipc/files'
import { hostingCalls } from '../shared/ipc/hosting'
import { networkCalls } from '../shared/ipc/network'
import { ROOM_FILE_CHANNEL, roomFileProgressSchema, roomFilesCalls } from '../shared/ipc/roomFiles'
import { SETTINGS_CHANNEL, settingsCalls } from '../shared/ipc/settings'
import { settingsSchema } from '../shared/settings'
import {
  SOCKET_EVENT_CHANNEL,
  SOCKET_REQUEST_CHANNEL,
  socketEventSchema,
  socketRequestSchema,
} from '../shared/ipc/sockets'
import { UPDATE_CHANNEL, updatesCalls, updateStateSchema } from '../shared/ipc/updates'
import { callsOf, type Invoke } from './calls'
import { subscribe } from './subscribe'

const invoke: Invoke = (channel, request) => ipcRenderer.invoke(channel, request)

const { readDropped, ...files } = callsOf('files', filesCalls, invoke)
const { takeDropped, ...roomFiles } = callsOf('roomFiles', roomFilesCalls, invoke)

/** Only a file that the person dropped or chose has a path; the page cannot make one up. */
const pathOf = (file: object): string => (file instanceof File ? webUtils.getPathForFile(file) : '')

const bridge: Bridge = {
  app: {
    ...callsOf('app', appCalls, invoke),
    onMenuCommand: (listener) => subscribe(MENU_CHANNEL, menuCommandSchema, listener),
  },
  settings: {
    ...callsOf('settings', settingsCalls, invoke),
    onChange: (listener) => subscribe(SETTINGS_CHANNEL, settingsSchema, listener),
  },
  files: {
    ...files,
    readDropped: (file) => readDropped({ path: pathOf(file) }),
  },
  cache: callsOf('cache', cacheCalls, invoke),
  hosting: callsOf('hosting', hostingCalls, invoke),
  roomFiles: {
    ...roomFiles,
    takeDropped: (file) => takeDropped({ path: pathOf(file) }),
    onProgress: (listener) => subscribe(ROOM_FILE_CHANNEL, roomFileProgressSchema, listener),
  },
  discovery: {
    ...callsOf('discovery', discoveryCalls, invoke),
    onNearby: (listener) => subscribe(NEARBY_CHANNEL, nearbyRoomsSchema, listener),
  },
  network: callsOf('network', networkCalls, invoke),
  updates: {
    ...callsOf('updates', updatesCalls, invoke),
    onState: (listener) => subscribe(UPDATE_CHANNEL, updateStateSchema, listener),
  },
  sockets: {
    request: (request) => ipcRenderer.send(SOCKET_REQUEST_CHANNEL, socketRequestSchema.parse(request)),
    onEvent: (listener) => subscribe(SOCKET_EVENT_CHANNEL, socketEventSchema, listener),
  },
}

contextBridge.exposeInMainWorld(BRIDGE_NAME, bridge)
