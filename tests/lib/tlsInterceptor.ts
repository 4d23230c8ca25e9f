import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { connect, createServer, type Server, type TLSSocket } from 'node:tls'
import type { TlsIdentity } from '../../src/server/transport/encryption'

/**
 * A man in the middle: ends TLS with a certificate of its own, reads and passes on everything both ways over a TLS
 * connection to the target, whose certificate it takes as it is.
 */
export class TlsInterceptor {
  /** Bytes read from victims, inside of the encryption. */
  readFromVictims = 0
  /** TCP connections of victims so far. */
  connections = 0
  private readonly open = new Set<TLSSocket>()

  private constructor(
    private readonly server: Server,
    private readonly targetPort: number,
  ) {
    server.on('connection', () => (this.connections += 1))
    server.on('secureConnection', (victim) => this.intercept(victim))
  }

  static async start(identity: TlsIdentity, targetPort: number): Promise<TlsInterceptor> {
    const server = createServer({ cert: identity.cert, key: identity.key })
    server.on('tlsClientError', () => undefined)
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return new TlsInterceptor(server, targetPort)
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port
  }

  async close(): Promise<void> {
    for (const socket of this.open) socket.destroy()
    await new Promise((resolve) => this.server.close(resolve))
  }

  private intercept(victim: TLSSocket): void {
    const target = connect({ host: '127.0.0.1', port: this.targetPort, rejectUnauthorized: false })
    for (const [socket, peer] of [
      [victim, target],
      [target, victim],
    ] as const) {
      this.open.add(socket)
      socket.on('error', () => peer.destroy()).on('close', () => peer.destroy())
      socket.pipe(peer)
    }
    victim.on('data', (bytes: Buffer) => (this.readFromVictims += bytes.length))
  }
}
