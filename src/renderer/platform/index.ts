import { BRIDGE_NAME, type Bridge } from '../../shared/ipc/bridge'
import { randomBytes, systemClock } from '../app/systemClock'
import type { Platform } from './platform'

declare global {
  interface Window {
    /** What the desktop app's preload script offers; missing in a browser. */
    readonly [BRIDGE_NAME]?: Bridge
  }
}

/** The platform this page runs on. Only its own half is loaded. */
export async function createPlatform(): Promise<Platform> {
  const bridge = window[BRIDGE_NAME]
  if (bridge !== undefined) {
    const { createDesktopPlatform } = await import('./desktop/desktopPlatform')
    return createDesktopPlatform(bridge)
  }
  const { openWebPlatform } = await import('./web/openWebPlatform')
  return openWebPlatform(systemClock, randomBytes)
}
