import type { Bridge } from '../../../shared/ipc/bridge'
import type { Updates } from '../platform'
import { valueOf } from './valueOf'

/** New versions of the app, as main finds them. */
export function createDesktopUpdates(calls: Bridge['updates']): Updates {
  return {
    watch(listener) {
      let hasHeard = false
      const stop = calls.onState((state) => {
        hasHeard = true
        listener(state)
      })
      void valueOf(calls.state()).then((state) => {
        // What main has said meanwhile is newer.
        if (!hasHeard) listener(state)
      })
      return stop
    },
    check: () => valueOf(calls.check()),
    setAutomatic: (on) => valueOf(calls.setAutomatic({ on })),
    restart: () => valueOf(calls.restart()),
  }
}
