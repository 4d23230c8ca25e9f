import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import { once, EventEmitter } from 'node:events'
import { errorText } from '../../shared/errorText'
import type { Logger } from '../logger'
import type { MulticastCard } from './multicastCards'

/** Port of multicast DNS (RFC 6762). */
export const MDNS_PORT = 5353

/** Bytes of a packet that is looked at. 9,000: the most RFC 6762 section 17 allows. */
const MAX_PACKET_BYTES = 9_000
const HEADER_BYTES = 12
/** Questions in a packet that is looked at. 32: each is answered with a packet of its own, to everybody. */
const MAX_QUESTIONS = 32
/** Records in a packet that is looked at. 256: a host with eight rooms and twenty addresses sends 60. */
const MAX_RECORDS = 256
/** Packets looked at in a second. 200: busy networks of some hundred machines have a few dozen. */
const MAX_PACKETS_PER_SECOND = 200

/**
 * The UDP socket of one network card, as `multicast-dns` wants it. Anybody in the network sends to it, and neither that
 * library nor what builds on it expects harm, so it is kept away here: what is no sound packet is not handed on, an
 * exception in what reads a packet ends with that packet, and no error of the system becomes an event that nobody
 * listens to, which would end the process.
 */
export class GuardedSocket extends EventEmitter {
  #second = 0
  #packets = 0
  #closed = false

  private constructor(
    private readonly socket: Socket,
    private readonly log: Logger,
  ) {
    super()
    // What is being read and what fails is the log's alone.
    socket.on('error', (error) => log.debug({ err: error }, 'the discovery socket met an error'))
    socket.on('message', (packet, from) => {
      if (this.#isWanted(packet, from)) this.#guarded('message', packet, from)
    })
  }

  /** Opens the socket of a card. Rejects where the port cannot be had. */
  static async open({ family }: MulticastCard, log: Logger): Promise<GuardedSocket> {
    const isIPv6 = family === 'IPv6'
    const socket = createSocket({ type: isIPv6 ? 'udp6' : 'udp4', reuseAddr: true, ipv6Only: isIPv6 })
    try {
      socket.bind(MDNS_PORT, isIPv6 ? '::' : '0.0.0.0')
      await once(socket, 'listening')
    } catch (error) {
      socket.close()
      throw error
    }
    return new GuardedSocket(socket, log)
  }

  /** Tells whoever has taken the socket meanwhile that it listens. */
  start(): void {
    this.#guarded('listening')
  }

  address(): ReturnType<Socket['address']> {
    return this.socket.address()
  }

  addMembership(group: string, card: string): void {
    this.socket.addMembership(group, card)
  }

  dropMembership(group: string, card: string): void {
    this.socket.dropMembership(group, card)
  }

  setMulticastInterface(card: string): void {
    this.socket.setMulticastInterface(card)
  }

  setMulticastTTL(hops: number): void {
    this.socket.setMulticastTTL(hops)
  }

  setMulticastLoopback(on: boolean): void {
    this.socket.setMulticastLoopback(on)
  }

  send(
    packet: Buffer,
    offset: number,
    length: number,
    port: number,
    address: string,
    done: (error: Error | null) => void,
  ): void {
    const settle = (error: Error | null): void => {
      if (error !== null)
        this.log.debug({ detail: error.message, address }, 'a discovery packet was not sent')
      done(error)
    }
    if (this.#closed) return settle(new Error('the socket is closed'))
    this.socket.send(packet, offset, length, port, address, settle)
  }

  close(done: () => void): void {
    if (this.#closed) return done()
    this.#closed = true
    this.socket.close(done)
  }

  #isWanted(packet: Buffer, from: RemoteInfo): boolean {
    if (packet.length < HEADER_BYTES || packet.length > MAX_PACKET_BYTES) return false
    const isResponse = (packet.readUInt8(2) & 0x80) !== 0
    // RFC 6762 section 6: what answers from another port is none of the network's own.
    if (isResponse && from.port !== MDNS_PORT) return false
    const records = packet.readUInt16BE(6) + packet.readUInt16BE(8) + packet.readUInt16BE(10)
    if (packet.readUInt16BE(4) > MAX_QUESTIONS || records > MAX_RECORDS) return false
    const second = Math.floor(performance.now() / 1000)
    if (second !== this.#second) this.#packets = 0
    this.#second = second
    this.#packets += 1
    return this.#packets <= MAX_PACKETS_PER_SECOND
  }

  #guarded(event: 'listening' | 'message', ...values: unknown[]): void {
    try {
      this.emit(event, ...values)
    } catch (error) {
      this.log.debug({ detail: errorText(error) }, 'a discovery packet could not be read')
    }
  }
}
