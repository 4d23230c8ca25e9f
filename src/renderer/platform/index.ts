import type { UncheckedBridge } from '../../shared/ipc/bridge'
import { BRIDGE_NAME } from '../../shared/ipc/channels'
import { randomBytes, systemClock } from '../app/systemClock'
import type { Platform } from './platform'

declare global {
  interface Window {
    /** What the desktop app's preload script offers; missing in a browser. */
    readonly [BRIDGE_NAME]?: UncheckedBridge
  }
}

/** The platform this page runs on. Only its own half is loaded. */
export async function createPlatform(): Promise<Platform> {
  const bridge = window[BRIDGE_NAME]
  if (bridge !== undefined) {
    // Asked before the code that reads the answer is there.
    const started = bridge.app.start()
    const { createDesktopPlatform } = await import('./desktop/desktopPlatform')
    return createDesktopPlatform({ ...bridge, app: { ...bridge.app, start: () => started } })
  }
  const { openWebPlatform } = await import('./web/openWebPlatform')
  return openWebPlatform(systemClock, randomBytes)
}
