import { createServer, type Server, type Socket } from 'node:net'
import type { Clock } from '../../shared/clock'
import type { Logger } from '../logger'
import { AddressCounts } from './addressCounts'
import { isFromOutside } from './isFromOutside'
import type { TransportLimits } from './transportLimits'

export interface FrontDoorOptions {
  /** Gets connections that begin with TLS; undefined: none does. Not listening itself. */
  readonly secure: Server | undefined
  /** Gets all others. Not listening itself. */
  readonly plain: Server
  readonly limits: TransportLimits
  readonly clock: Clock
  readonly logger: Logger
}

/** A TLS connection begins with a record of this type (RFC 8446 section 5.1), and no text does. */
const TLS_HANDSHAKE = 0x16

/**
 * Listens, and hands each TCP connection to one of two servers by its first byte. So a host has one port, whether a link
 * says `http` or `https`.
 */
export class FrontDoor {
  /** The server that listens. */
  readonly server: Server
  /** Whether anybody has come from another machine. */
  reachedFromOutside = false
  readonly #addresses: AddressCounts
  readonly #sockets = new Set<Socket>()

  constructor(private readonly options: FrontDoorOptions) {
    const { secure, plain, limits, logger } = options
    this.#addresses = new AddressCounts(limits)
    this.server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => this.#admit(socket))
    this.server.maxConnections = limits.maxTcpConnections
    this.server.on('drop', () =>
      logger.warn({ limit: limits.maxTcpConnections }, 'A connection was dropped: too many.'),
    )
    // HTTP servers begin to look for requests that take too long when they listen, which these two never do themselves.
    this.server.once('listening', () => {
      plain.emit('listening')
      secure?.emit('listening')
    })
  }

  /** Cuts every connection there still is, also those that neither server has made anything of yet. */
  cutAll(): void {
    for (const socket of this.#sockets) socket.destroy()
  }

  #admit(socket: Socket): void {
    const { secure, plain, limits, clock, logger } = this.options
    const { remoteAddress = '' } = socket
    const leave = this.#addresses.enter(remoteAddress)
    if (leave === undefined) {
      logger.debug({ address: remoteAddress }, 'A connection was dropped: too many from where it comes.')
      return void socket.destroy()
    }
    this.#sockets.add(socket)
    socket.once('close', () => {
      this.#sockets.delete(socket)
      leave()
    })
    this.reachedFromOutside ||= isFromOutside(socket)
    if (secure === undefined) return void plain.emit('connection', socket)
    const onError = (error: Error): void => {
      logger.debug({ err: error }, 'A connection failed before it said anything.')
      socket.destroy()
    }
    const cancel = clock.after(limits.handshakeTimeoutMs, () => socket.destroy())
    socket.on('error', onError)
    socket.once('close', cancel)
    socket.once('readable', () => {
      const first = socket.read(1) as Buffer | null
      cancel()
      socket.off('close', cancel)
      if (first === null) return void socket.destroy()
      socket.unshift(first)
      socket.off('error', onError)
      ;(first[0] === TLS_HANDSHAKE ? secure : plain).emit('connection', socket)
    })
  }
}
