import { formatRoomLink, parseRoomLink } from '../../../src/shared/roomLink'
import { TcpProxy } from '../../lib/tcpProxy'
import { startServe, type ServeOptions, type ServeProcess } from '../../lib/serveProcess'
import { asGuest } from './guestBrowser'

/** Folder of the built browser client. */
export const CLIENT_FOLDER = 'out/renderer'

/** A headless server, as built, that serves the browser client and has one room. */
export interface TestRoom {
  readonly server: ServeProcess
  readonly link: string
  readonly title: string
}

export async function startTestRoom(
  title = 'Team room',
  options: Omit<ServeOptions, 'room' | 'client' | 'program'> = {},
): Promise<TestRoom> {
  const server = await startServe({
    ...options,
    room: title,
    client: CLIENT_FOLDER,
    // Who comes through a proxy has no invite: its addresses would lead past the proxy.
    args: ['--strangers', 'admit', ...(options.args ?? [])],
  })
  const { room } = server.line
  if (room === undefined) throw new Error('the server did not say where its room is')
  return { server, link: room.link, title }
}

/** A test room, and a proxy by whose port people may come in, too. */
export async function startTestRoomWithProxy(title?: string): Promise<{ room: TestRoom; proxy: TcpProxy }> {
  const proxy = await TcpProxy.start(0)
  const ours = `http://127.0.0.1:${proxy.port}`
  const origins = [ours, new URL(asGuest(ours)).origin]
  const args = origins.flatMap((origin) => ['--forwarded-origin', origin])
  const room = await startTestRoom(title, { args })
  proxy.targetPort = room.server.port
  return { room, proxy }
}

/**
 * The same room by another port, such as a proxy's. Without the invite, whose addresses would lead past it; the host's
 * certificate stays named.
 */
export function throughPort(link: string, port: number): string {
  const room = parseRoomLink(link)
  if (room === undefined) throw new Error(`not a room link: ${link}`)
  const url = new URL(link)
  url.port = String(port)
  return formatRoomLink({ roomId: room.roomId, origins: [url.origin], fingerprint: room.fingerprint })
}
