import { appCalls, menuCommandSchema } from '../../../shared/ipc/app'
import type { Bridge, UncheckedBridge } from '../../../shared/ipc/bridge'
import { cacheCalls } from '../../../shared/ipc/cache'
import { discoveryCalls, nearbyRoomsSchema } from '../../../shared/ipc/discovery'
import { filesCalls } from '../../../shared/ipc/files'
import { hostingCalls } from '../../../shared/ipc/hosting'
import { networkCalls } from '../../../shared/ipc/network'
import { roomFileProgressSchema, roomFilesCalls } from '../../../shared/ipc/roomFiles'
import { settingsCalls } from '../../../shared/ipc/settings'
import { socketEventSchema } from '../../../shared/ipc/sockets'
import { updatesCalls, updateStateSchema } from '../../../shared/ipc/updates'
import { settingsSchema } from '../../../shared/settings'
import { checkedCalls, checkedMessages } from './checkedCalls'

/** What the preload script offers, with everything parsed that main sends. */
export function checkedBridge(bridge: UncheckedBridge): Bridge {
  const { app, settings, files, cache, hosting, roomFiles, discovery, network, updates, sockets } = bridge
  return {
    app: {
      ...checkedCalls(appCalls, app),
      onMenuCommand: checkedMessages(app.onMenuCommand, menuCommandSchema),
    },
    settings: {
      ...checkedCalls(settingsCalls, settings),
      onChange: checkedMessages(settings.onChange, settingsSchema),
    },
    files: checkedCalls(filesCalls, files),
    cache: checkedCalls(cacheCalls, cache),
    hosting: checkedCalls(hostingCalls, hosting),
    roomFiles: {
      ...checkedCalls(roomFilesCalls, roomFiles),
      onProgress: checkedMessages(roomFiles.onProgress, roomFileProgressSchema),
    },
    discovery: {
      ...checkedCalls(discoveryCalls, discovery),
      onNearby: checkedMessages(discovery.onNearby, nearbyRoomsSchema),
    },
    network: checkedCalls(networkCalls, network),
    updates: {
      ...checkedCalls(updatesCalls, updates),
      onState: checkedMessages(updates.onState, updateStateSchema),
    },
    sockets: {
      request: sockets.request,
      onEvent: checkedMessages(sockets.onEvent, socketEventSchema),
    },
  }
}
