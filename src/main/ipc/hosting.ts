import { hostingCalls } from '../../shared/ipc/hosting'
import type { HostedRooms } from '../hosting/hostedRooms'
import type { Router } from './router'

export function serveHosting(router: Router, rooms: HostedRooms): void {
  router.serve('hosting', hostingCalls, {
    create: ({ title }) => rooms.create(title),
    list: () => rooms.list(),
    reopen: ({ roomId }) => rooms.reopen(roomId),
    setListed: async ({ roomId, listed }) => {
      await rooms.setListed(roomId, listed)
      return undefined
    },
    close: async ({ roomId }) => {
      await rooms.close(roomId)
      return undefined
    },
    status: () => rooms.status(),
    setPlainBrowsers: async ({ on }) => {
      await rooms.setPlainBrowsers(on)
      return undefined
    },
  })
}
