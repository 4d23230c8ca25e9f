import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { appCalls, MENU_CHANNEL, menuCommandSchema } from '../shared/ipc/app'
import { BRIDGE_NAME, type Bridge } from '../shared/ipc/bridge'
import { cacheCalls } from '../shared/ipc/cache'
import { filesCalls } from '../shared/ipc/files'
import { hostingCalls } from '../shared/ipc/hosting'
import { settingsCalls } from '../shared/ipc/settings'
import {
  SOCKET_EVENT_CHANNEL,
  SOCKET_REQUEST_CHANNEL,
  socketEventSchema,
  socketRequestSchema,
} from '../shared/ipc/sockets'
import { callsOf } from './calls'
import { subscribe } from './subscribe'

const { readDropped, ...files } = callsOf('files', filesCalls)

const bridge: Bridge = {
  app: {
    ...callsOf('app', appCalls),
    onMenuCommand: (listener) => subscribe(MENU_CHANNEL, menuCommandSchema, listener),
  },
  settings: callsOf('settings', settingsCalls),
  files: {
    ...files,
    readDropped: (file) => {
      // Only a file that the person dropped or chose has a path; the page cannot make one up.
      const path = file instanceof File ? webUtils.getPathForFile(file) : ''
      return readDropped({ path })
    },
  },
  cache: callsOf('cache', cacheCalls),
  hosting: callsOf('hosting', hostingCalls),
  sockets: {
    request: (request) => ipcRenderer.send(SOCKET_REQUEST_CHANNEL, socketRequestSchema.parse(request)),
    onEvent: (listener) => subscribe(SOCKET_EVENT_CHANNEL, socketEventSchema, listener),
  },
}

contextBridge.exposeInMainWorld(BRIDGE_NAME, bridge)
