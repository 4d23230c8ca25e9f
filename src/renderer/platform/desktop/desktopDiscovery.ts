import type { Bridge } from '../../../shared/ipc/bridge'
import type { Discovery, NearbyRoom } from '../platform'

type Listener = (rooms: readonly NearbyRoom[]) => void

/** Rooms nearby, as main finds them while anybody here watches. `isOn`: whether main looks at all. */
export function createDesktopDiscovery(calls: Bridge['discovery'], isOn: boolean): Discovery {
  const listeners = new Set<Listener>()
  let known: readonly NearbyRoom[] = []
  const tell = (rooms: readonly NearbyRoom[]): void => {
    known = rooms
    for (const listener of [...listeners]) listener(rooms)
  }
  calls.onNearby(tell)

  const start = async (): Promise<void> => {
    const reply = await calls.watch()
    // Where main cannot look, there is nothing nearby; why is in its log.
    if ('value' in reply) tell(reply.value)
  }
  return {
    isOn,
    watch(listener) {
      // One of its own for each call: two who watch with the same function end apart.
      const own: Listener = (rooms) => listener(rooms)
      listeners.add(own)
      if (listeners.size === 1) void start()
      own(known)
      return () => {
        if (!listeners.delete(own) || listeners.size > 0) return
        known = []
        void calls.unwatch()
      }
    },
  }
}
