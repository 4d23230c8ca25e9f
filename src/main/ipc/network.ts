import type { LoginSigner } from '../../shared/identity/loginSigner'
import { networkCalls, type Reachability } from '../../shared/ipc/network'
import { parseRoomLink } from '../../shared/roomLink'
import { checkConnection } from '../network/connectionCheck'
import { IpcRefusal, type Router } from './router'

export function serveNetwork(
  router: Router,
  device: LoginSigner,
  reachability: () => Promise<Reachability>,
): void {
  router.serve('network', networkCalls, {
    check: ({ link }) => {
      const parsed = parseRoomLink(link)
      if (parsed === undefined) throw new IpcRefusal('bad-request', 'this is no link to a room')
      return checkConnection(parsed, device)
    },
    reachability: () => reachability(),
  })
}
