import type { Bridge } from '../../../shared/ipc/bridge'
import { MAX_FRAME_LENGTH, type SocketEvent } from '../../../shared/ipc/sockets'
import type { Dial, Socket, SocketListener } from '../../../shared/socket'

/** Close code for a frame that is too long to be sent, as servers use it. */
const TOO_LARGE = 1009

interface OpenSocket {
  readonly listener: SocketListener
  /** Sent and not yet reported as flushed, UTF-16 units. */
  buffered: number
  closing: boolean
}

/** Sockets that main opens for this page. */
export function createDesktopDial(sockets: Bridge['sockets']): Dial {
  const open = new Map<number, OpenSocket>()
  let lastId = 0

  const take = (event: SocketEvent): void => {
    const socket = open.get(event.socketId)
    if (socket === undefined) return
    switch (event.type) {
      case 'opened':
        return socket.listener.opened(event.audience)
      case 'received':
        return socket.listener.received(event.frame)
      case 'flushed':
        socket.buffered -= event.length
        return
      case 'closed':
        open.delete(event.socketId)
        socket.closing = true
        socket.buffered = 0
        return socket.listener.closed(event.code, event.reason)
    }
  }
  sockets.onEvent(take)

  return ({ urls, fingerprint }, listener): Socket => {
    const socketId = ++lastId
    const state: OpenSocket = { listener, buffered: 0, closing: false }
    open.set(socketId, state)
    sockets.request({ type: 'open', socketId, urls: [...urls], fingerprint })

    const close = (code: number, reason: string): void => {
      if (state.closing) return
      state.closing = true
      sockets.request({ type: 'close', socketId, code, reason })
    }
    return {
      send(frame) {
        if (state.closing) return
        if (frame.length > MAX_FRAME_LENGTH) return close(TOO_LARGE, 'frame too long')
        state.buffered += frame.length
        sockets.request({ type: 'send', socketId, frame })
      },
      close,
      get bufferedAmount() {
        return state.buffered
      },
    }
  }
}
