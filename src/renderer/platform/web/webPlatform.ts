import { parseRoomLink, socketUrls } from '../../../shared/roomLink'
import type { RandomBytes } from '../../../shared/identity/keys'
import { loginSigner } from '../../../shared/identity/loginSigner'
import type { ReplicaCache } from '../../../shared/cache/replicaCache'
import type { Platform } from '../platform'
import { PlatformError } from '../platformError'
import { IdbPreviews } from '../previews/idbPreviews'
import { copyText } from './copyText'
import { createLeaveWarning } from './leaveWarning'
import { browserStore } from './storedJson'
import { loadWebDevice } from './webDevice'
import { webDial } from './webDial'
import { createWebFiles } from './webFiles'
import { createWebSettings } from './webSettings'

const OPENED_PROTOCOLS = new Set(['http:', 'https:', 'mailto:'])

/** The platform of a guest's browser. The page may come over plain http, where much of the web's API is missing. */
export function createWebPlatform(cache: ReplicaCache, randomBytes: RandomBytes): Platform {
  const store = browserStore()
  const address = window.location.href
  return {
    kind: 'web',
    device: loginSigner(loadWebDevice(store, randomBytes)),
    // A page may talk to the server that it came from and to no other, whatever addresses an invite names.
    dial: (host, listener) => webDial({ ...host, urls: socketUrls([window.location.origin]) }, listener),
    cache,
    previews: new IdbPreviews(() => Date.now()),
    settings: createWebSettings(store, navigator.language),
    files: createWebFiles(document),
    hosting: undefined,
    startLink: parseRoomLink(address) === undefined ? undefined : address,
    startFile: undefined,
    copyText,
    openExternal: async (url) => {
      if (!URL.canParse(url) || !OPENED_PROTOCOLS.has(new URL(url).protocol)) {
        throw new PlatformError('bad-request', 'only web and mail addresses are opened')
      }
      window.open(url, '_blank', 'noopener,noreferrer')
    },
    // A browser has no menu bar of ours.
    handleMenu: () => () => undefined,
    setShownRoom: () => undefined,
    setUnsent: createLeaveWarning(window),
  }
}
