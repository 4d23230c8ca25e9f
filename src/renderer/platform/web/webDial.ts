import { audienceOfAddress } from '../../../shared/identity/audience'
import type { Dial, Socket } from '../../../shared/socket'

/** Close code for what never connected, as browsers report it themselves. */
const ABNORMAL = 1006

/**
 * Opens the browser's own WebSockets, to the first address: a page may only talk to the server that it came from. The
 * browser has checked that server's certificate, or asked the person.
 */
export const webDial: Dial = ({ urls: [url = ''] }, listener): Socket => {
  let socket: WebSocket
  try {
    socket = new WebSocket(url)
  } catch (error) {
    // An address the browser does not take; reported as any other failure, after the caller has its socket.
    const reason = error instanceof Error ? error.message : 'cannot connect'
    queueMicrotask(() => listener.closed(ABNORMAL, reason))
    return { send: () => undefined, close: () => undefined, bufferedAmount: 0 }
  }
  socket.onopen = () => listener.opened(audienceOfAddress(url))
  socket.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (typeof data === 'string') listener.received(data)
    else socket.close(3003, 'text frames only')
  }
  socket.onclose = ({ code, reason }) => listener.closed(code, reason)
  return {
    send(frame) {
      if (socket.readyState === WebSocket.OPEN) socket.send(frame)
    },
    close(code, reason) {
      socket.close(sendableCode(code), reason)
    },
    get bufferedAmount() {
      return socket.bufferedAmount
    },
  }
}

/** Pages may send 1000 and 3000 to 4999 only; what was meant with another code is a normal end. */
function sendableCode(code: number): number {
  return code === 1000 || code >= 3000 ? code : 1000
}
