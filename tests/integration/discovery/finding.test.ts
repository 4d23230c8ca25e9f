import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import dnsPacket from 'dns-packet'
import { afterEach, describe, expect, it } from 'vitest'
import { ASK_EVERY_MS, MISSED_ANSWERS, NearbyRooms } from '../../../src/main/discovery/nearbyRooms'
import { Announcer, type AnnouncedRoom } from '../../../src/server/discovery/announcer'
import { silentLogger } from '../../../src/server/logger'
import { systemClock } from '../../../src/server/systemClock'
import { MAX_NEARBY_ROOMS, type NearbyRoom } from '../../../src/shared/ipc/discovery'
import { parseRoomLink } from '../../../src/shared/roomLink'
import { idOf } from '../../lib/idOf'

/*
 * Multicast DNS for real, on the loopback card alone. Other tests may do the same at the same time, so these look at
 * their own rooms only.
 */
const LOOPBACK = '127.0.0.1'
const FINGERPRINT = 'A'.repeat(43)
const ends: (() => Promise<void>)[] = []

afterEach(async () => {
  await Promise.all(ends.splice(0).map((end) => end()))
})

let lastRoom = 0
function someRoom(title: string): AnnouncedRoom {
  return { roomId: idOf(`${process.pid}-${++lastRoom}`), title }
}

function announcer(options: { hostKey?: string; port?: number; fingerprint?: string } = {}): Announcer {
  const made = new Announcer({
    card: LOOPBACK,
    clock: systemClock,
    logger: silentLogger,
    hostKey: options.hostKey ?? `host ${process.pid}`,
    port: options.port ?? 4660,
    fingerprint: options.fingerprint,
  })
  ends.push(() => made.stop())
  return made
}

function search(): { nearby: NearbyRooms; find: (room: AnnouncedRoom) => NearbyRoom | undefined } {
  const nearby = new NearbyRooms(
    { card: LOOPBACK, clock: systemClock, logger: silentLogger },
    () => undefined,
  )
  nearby.start()
  ends.push(() => nearby.stop())
  return { nearby, find: ({ roomId }) => nearby.rooms.find((room) => room.roomId === roomId) }
}

describe('rooms nearby', () => {
  it('N1: appear within 3 s, whoever comes first', async () => {
    const [early, late] = [someRoom('Early'), someRoom('Late')]
    const host = announcer({ fingerprint: FINGERPRINT })
    await host.announce([early])
    const { find } = search()
    await expect.poll(() => find(early), { timeout: 3_000 }).toBeDefined()
    await host.announce([early, late])
    await expect.poll(() => find(late), { timeout: 3_000 }).toBeDefined()
    expect(parseRoomLink(find(late)?.link ?? '')).toMatchObject({
      roomId: late.roomId,
      fingerprint: FINGERPRINT,
      origins: expect.arrayContaining(['https://127.0.0.1:4660']) as string[],
    })
  })

  it('N1: go as soon as they are closed, and only they', async () => {
    const [closed, open] = [someRoom('Closed'), someRoom('Open')]
    const host = announcer()
    await host.announce([closed, open])
    const { find } = search()
    await expect
      .poll(() => find(closed) !== undefined && find(open) !== undefined, { timeout: 3_000 })
      .toBe(true)
    await host.announce([open])
    await expect.poll(() => find(closed), { timeout: 1_000 }).toBeUndefined()
    // A new search finds the other one: it still answers.
    const { find: findAnew } = search()
    await expect.poll(() => findAnew(open), { timeout: 3_000 }).toBeDefined()
    expect(findAnew(closed)).toBeUndefined()
    await host.stop()
    await expect.poll(() => find(open), { timeout: 1_000 }).toBeUndefined()
  })

  it('change their title and port without going', async () => {
    const room = someRoom('First title')
    const { nearby, find } = search()
    await announcer({ port: 4661 }).announce([room])
    await expect.poll(() => find(room)?.title, { timeout: 3_000 }).toBe('First title')
    await announcer({ port: 4662 }).announce([{ ...room, title: 'Second title' }])
    await expect.poll(() => find(room)?.title, { timeout: 3_000 }).toBe('Second title')
    expect(nearby.rooms.filter(({ roomId }) => roomId === room.roomId)).toHaveLength(1)
  })

  it('N5: that somebody else announces with another certificate stand apart', async () => {
    const room = someRoom('Whose?')
    await announcer({ fingerprint: FINGERPRINT }).announce([room])
    await announcer({ hostKey: 'an impostor', fingerprint: 'B'.repeat(42) + 'A' }).announce([room])
    const { nearby } = search()
    const prints = () =>
      nearby.rooms
        .filter(({ roomId }) => roomId === room.roomId)
        .map(({ link }) => parseRoomLink(link)?.fingerprint)
        .sort()
    await expect.poll(prints, { timeout: 3_000 }).toEqual([FINGERPRINT, 'B'.repeat(42) + 'A'])
  })
})

/** Somebody in the network who sends what they like. */
async function stranger(): Promise<(packet: Buffer | dnsPacket.Packet) => Promise<void>> {
  const socket = createSocket({ type: 'udp4', reuseAddr: true })
  socket.bind(5353, '0.0.0.0')
  await once(socket, 'listening')
  socket.setMulticastInterface(LOOPBACK)
  ends.push(async () => {
    socket.close()
    await once(socket, 'close')
  })
  return (packet) =>
    new Promise((resolve, reject) => {
      const bytes = Buffer.isBuffer(packet) ? packet : dnsPacket.encode(packet)
      socket.send(bytes, 5353, '224.0.0.251', (error) => (error === null ? resolve() : reject(error)))
    })
}

const TYPE = '_inkroom._tcp.local'

function announcement(
  name: string,
  txt: Readonly<Record<string, string>>,
): dnsPacket.Packet & { readonly roomId: string } {
  return {
    roomId: txt['id'] ?? '',
    type: 'response',
    answers: [
      { type: 'PTR', name: TYPE, ttl: 120, data: `${name}.${TYPE}` },
      { type: 'SRV', name: `${name}.${TYPE}`, ttl: 120, data: { port: 4660, target: `${name}.local` } },
      {
        type: 'TXT',
        name: `${name}.${TYPE}`,
        ttl: 120,
        data: Object.entries(txt).map(([key, value]) => `${key}=${value}`),
      },
    ],
  }
}

/** Sends an announcement until it is heard: the search may not be listening yet. */
async function heard(
  send: Awaited<ReturnType<typeof stranger>>,
  find: ReturnType<typeof search>['find'],
  packet: ReturnType<typeof announcement>,
): Promise<void> {
  const isHeard = async (): Promise<boolean> => {
    await send(packet)
    return find({ roomId: packet.roomId, title: '' }) !== undefined
  }
  await expect.poll(isHeard, { timeout: 3_000 }).toBe(true)
}

describe('a hostile network', () => {
  const room = (title: string) => ({ v: '1', id: someRoom(title).roomId, t: title, n: 'evil' })

  it('N5: is listened to only where it makes sense', async () => {
    const send = await stranger()
    const { nearby, find } = search()
    const [first, good] = [room('First'), room('Good')]
    await heard(send, find, announcement('first', first))
    const bad = [
      { ...room('id'), id: 'not an id' },
      { ...room('title'), t: 'a\u202eb' },
      { ...room('blank'), t: '   ' },
      { ...room('long'), t: 'x'.repeat(101) },
      { ...room('host'), n: 'turned \u202e' },
      { ...room('print'), fp: 'short' },
      { ...room('version'), v: '2' },
      {},
    ]
    for (const [index, txt] of bad.entries()) await send(announcement(`bad-${index}`, txt))
    await heard(send, find, announcement('good', good))
    const ids = bad.flatMap((txt) => ('id' in txt ? [txt.id] : []))
    expect(nearby.rooms.filter(({ roomId }) => ids.includes(roomId))).toEqual([])
  })

  it('N5: cannot stop the search, whatever it sends', async () => {
    const send = await stranger()
    const { find } = search()
    const host = announcer()
    const real = someRoom('Real')
    await host.announce([real])
    const sound = dnsPacket.encode(announcement('sound', room('Sound')))
    const hostile: (Buffer | dnsPacket.Packet)[] = [
      Buffer.alloc(0),
      Buffer.alloc(3),
      Buffer.alloc(12, 0xff),
      // A name that points at itself.
      Buffer.from([0, 0, 0x84, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0xc0, 12, 0, 12, 0, 1]),
      ...Array.from({ length: 40 }, (_, cut) => sound.subarray(0, 12 + cut * 3)),
      // Records that point nowhere or at themselves, without name, without text.
      { type: 'response', answers: [{ type: 'PTR', name: TYPE, ttl: 120, data: TYPE }] },
      { type: 'response', answers: [{ type: 'PTR', name: TYPE, ttl: 120, data: '' }] },
      { type: 'response', answers: [{ type: 'PTR', name: TYPE, ttl: 0, data: '__proto__' }] },
      { type: 'response', answers: announcement('__proto__', {}).answers?.slice(0, 2) ?? [] },
      announcement('constructor', { __proto__: 'x', toString: 'y' }),
      { type: 'query', questions: [{ type: 'PTR', name: '' }] },
      { type: 'query', questions: [{ type: 'PTR', name: '__proto__' }] },
    ]
    for (const packet of hostile) await send(packet)
    const { find: findAnew } = search()
    await expect.poll(() => findAnew(real), { timeout: 3_000 }).toBeDefined()
    await expect.poll(() => find(real), { timeout: 3_000 }).toBeDefined()
  })

  it('N5: fills no more than the list has room for', async () => {
    const send = await stranger()
    const { nearby } = search()
    for (let index = 0; index < 3 * MAX_NEARBY_ROOMS; index++) {
      await send(announcement(`flood-${index}`, room(`Flood ${index}`)))
      // The search looks at 200 packets a second at most.
      if (index % 50 === 49) await new Promise((resolve) => setTimeout(resolve, 300))
    }
    await expect.poll(() => nearby.rooms.length, { timeout: 3_000 }).toBe(MAX_NEARBY_ROOMS)
  })
})

it('N2: a room whose host was killed has gone when it has missed its answers', async () => {
  const send = await stranger()
  const { find } = search()
  const ghost = { v: '1', id: someRoom('Ghost').roomId, t: 'Ghost', n: 'dead' }
  await heard(send, find, announcement('ghost', ghost))
  const killed = Date.now()
  await expect
    .poll(() => find({ roomId: ghost.id, title: '' }), { timeout: (MISSED_ANSWERS + 2) * ASK_EVERY_MS })
    .toBeUndefined()
  expect(Date.now() - killed).toBeLessThan((MISSED_ANSWERS + 1) * ASK_EVERY_MS)
})
