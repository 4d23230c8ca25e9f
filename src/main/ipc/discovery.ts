import { discoveryCalls } from '../../shared/ipc/discovery'
import type { Router } from './router'

export function serveDiscovery(router: Router): void {
  router.serve('discovery', discoveryCalls, {
    watch: (_, { nearby }) => [...(nearby?.start() ?? [])],
    unwatch: (_, { nearby }) => {
      nearby?.stop()
      return undefined
    },
  })
}
