import type { Session, WebContents } from 'electron'
import type { Logger } from '../../server/logger'

/** What a page may load at all. Everything else, the network above all, is refused before it starts. */
export interface PageOrigin {
  /** Whether an address belongs to the app's pages. */
  owns(address: string): boolean
}

const LOCAL_PROTOCOLS = new Set(['data:', 'blob:', 'devtools:', 'chrome-extension:'])

/** Putting text and pictures on the clipboard at a press of a key; never reading it. */
const COPYING = 'clipboard-sanitized-write'

/** Refuses permissions but {@link COPYING}, devices and requests to anywhere but the app's own pages. */
export function lockSession(session: Session, origin: PageOrigin): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(permission === COPYING))
  session.setPermissionCheckHandler((_contents, permission) => permission === COPYING)
  session.setDevicePermissionHandler(() => false)
  session.webRequest.onBeforeRequest((request, answer) => {
    const { protocol } = new URL(request.url)
    answer({ cancel: !origin.owns(request.url) && !LOCAL_PROTOCOLS.has(protocol) })
  })
}

/** Keeps a window on its page: no other address, no new windows, no embedded pages. */
export function lockContents(contents: WebContents, origin: PageOrigin, log: Logger): void {
  contents.on('will-frame-navigate', (event) => {
    // A reload of the page itself is no navigation elsewhere.
    if (event.isMainFrame && origin.owns(event.url)) return
    log.warn({ url: event.url }, 'refused a navigation')
    event.preventDefault()
  })
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    log.warn({ url }, 'refused to open a window')
    return { action: 'deny' }
  })
}
