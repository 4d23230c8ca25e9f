import type { Bridge, UncheckedBridge } from '../../../shared/ipc/bridge'
import type { HostedRoomMessage } from '../../../shared/ipc/hosting'
import type { Files, HostedRoom, Hosting, Platform } from '../platform'
import { IdbPreviews } from '../previews/idbPreviews'
import { checkedBridge } from './checkedBridge'
import { createDesktopCache } from './desktopCache'
import { createDesktopDiscovery } from './desktopDiscovery'
import { createDesktopMenu } from './desktopMenu'
import { createDesktopRoomFiles } from './desktopRoomFiles'
import { createDesktopDial } from './desktopSockets'
import { createDesktopUpdates } from './desktopUpdates'
import { valueOf } from './valueOf'

/** The platform of the desktop app, over what the preload script offers. */
export async function createDesktopPlatform(unchecked: UncheckedBridge): Promise<Platform> {
  const bridge = checkedBridge(unchecked)
  const { deviceKey, settings, looksNearby, ...start } = await valueOf(bridge.app.start())
  return {
    kind: 'desktop',
    device: {
      publicKey: deviceKey,
      signLogin: (proof) => valueOf(bridge.app.signLogin(proof)),
    },
    dial: createDesktopDial(bridge.sockets),
    cache: createDesktopCache(bridge.cache),
    previews: new IdbPreviews(() => Date.now()),
    settings: {
      load: () => Promise.resolve(settings),
      save: (settings) => valueOf(bridge.settings.save(settings)),
      onChange: (listener) => bridge.settings.onChange(listener),
    },
    files: filesOf(bridge.files),
    hosting: hostingOf(bridge),
    roomFiles: createDesktopRoomFiles(bridge.roomFiles, roomOf),
    updates: createDesktopUpdates(bridge.updates),
    discovery: createDesktopDiscovery(bridge.discovery, looksNearby),
    checkConnection: (link) => valueOf(bridge.network.check({ link })),
    startLink: start.startLink,
    startLinkNeedsConfirmation: start.startLinkNeedsConfirmation,
    startRoom: start.startRoom,
    startFile: start.startFile,
    startRoomFile: start.startRoomFile,
    paste: () => valueOf(bridge.app.paste()),
    copyText: (text) => valueOf(bridge.app.copyText(text)),
    openExternal: (url) => valueOf(bridge.app.openExternal(url)),
    handleMenu: createDesktopMenu(bridge.app),
    setShownRoom: (roomId) => void bridge.app.setShownRoom({ roomId: roomId ?? null }),
    openRoomWindow: (roomId) => valueOf(bridge.app.openRoomWindow({ roomId })),
    // Unsent edits are in the cache, where the next start finds them.
    setUnsent: () => undefined,
  }
}

function filesOf(files: Bridge['files']): Files {
  return {
    open: async () => (await valueOf(files.open())) ?? undefined,
    readDropped: (file) => valueOf(files.readDropped(file)),
    save: async (request) => (await valueOf(files.save(request))) ?? undefined,
  }
}

function hostingOf({ hosting, network }: Pick<Bridge, 'hosting' | 'network'>): Hosting {
  return {
    create: async (title) => roomOf(await valueOf(hosting.create({ title }))),
    list: async () => (await valueOf(hosting.list())).map(roomOf),
    reopen: async (roomId) => roomOf(await valueOf(hosting.reopen({ roomId }))),
    close: (roomId) => valueOf(hosting.close({ roomId })),
    setListed: (roomId, listed) => valueOf(hosting.setListed({ roomId, listed })),
    reachability: () => valueOf(network.reachability()),
    status: () => valueOf(hosting.status()),
    setPlainBrowsers: (on) => valueOf(hosting.setPlainBrowsers({ on })),
  }
}

function roomOf({ localLink, ...room }: HostedRoomMessage): HostedRoom {
  return { ...room, localLink: localLink ?? undefined }
}
