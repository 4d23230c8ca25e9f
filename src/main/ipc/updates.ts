import { updatesCalls } from '../../shared/ipc/updates'
import type { AppUpdates } from '../updates/appUpdates'
import type { Router } from './router'

/** `setAutomatic` stores the choice. */
export function serveUpdates(
  router: Router,
  updates: AppUpdates,
  setAutomatic: (on: boolean) => Promise<void>,
): void {
  router.serve('updates', updatesCalls, {
    state: () => updates.state,
    check: async () => {
      await updates.check()
      return undefined
    },
    setAutomatic: async ({ on }) => {
      await setAutomatic(on)
      return undefined
    },
    restart: async () => {
      await updates.restart()
      return undefined
    },
  })
}
