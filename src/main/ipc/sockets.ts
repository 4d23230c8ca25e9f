import { SOCKET_REQUEST_CHANNEL } from '../../shared/ipc/channels'
import { socketRequestSchema } from '../../shared/ipc/sockets'
import type { Router } from './router'

export function serveSockets(router: Router): void {
  router.listen(SOCKET_REQUEST_CHANNEL, socketRequestSchema, (request, session) =>
    session.sockets.request(request),
  )
}
