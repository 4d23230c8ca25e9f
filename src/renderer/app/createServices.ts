import { createRoom } from '../../client/connection/createRoom'
import { createRoomClient } from '../../client/createRoomClient'
import { formatRoomLink, socketUrls } from '../../shared/roomLink'
import type { Platform } from '../platform/platform'
import type { Services } from './services'
import { randomBytes, systemClock } from './systemClock'

/** The services of the real app. */
export function createServices(platform: Platform): Services {
  return {
    platform,
    clock: systemClock,
    randomBytes,
    openRoom: ({ link, title, hosted, profile, onError }) =>
      createRoomClient({
        roomId: link.roomId,
        host: { urls: socketUrls(link.origins), fingerprint: link.fingerprint },
        invite: link.invite?.token,
        link: formatRoomLink(link),
        title,
        hosted,
        profile,
        device: platform.device,
        dial: platform.dial,
        cache: platform.cache,
        clock: systemClock,
        randomBytes,
        random: () => Math.random(),
        onError,
      }),
    createRoom: async ({ origin, title, token, profile }) => ({
      origins: [origin],
      roomId: await createRoom({
        host: { urls: socketUrls([origin]) },
        title,
        token,
        profile,
        device: platform.device,
        dial: platform.dial,
        clock: systemClock,
        randomBytes,
      }),
    }),
  }
}
