import { afterEach, beforeEach, expect, test } from 'vitest'
import { ASK_EVERY_MS, MISSED_ANSWERS } from '../../src/main/discovery/nearbyRooms'
import { parseRoomLink } from '../../src/shared/roomLink'
import { makeTemporaryFolder, removeFolder } from '../lib/temporaryFolder'
import { hostRoom } from './lab/hostedRoom'
import { Lab, type Machine } from './lab/lab'
import { Person } from './lab/person'

/** Within which a room that opens is seen: what Inkroom promises. */
const PROMISED_MS = 3_000

let lab: Lab
let data: string

beforeEach(async () => {
  lab = await Lab.create()
  data = await makeTemporaryFolder()
})
afterEach(async () => {
  await lab.dispose()
  await removeFolder(data)
})

/** A machine with one card in the network `lan`. */
async function machineAt(name: string, ...addresses: string[]): Promise<Machine> {
  return lab.addMachine(name, [{ name: 'eth0', network: 'lan', addresses }])
}

/** Origins of the link of the first room that somebody finds. */
async function originsFoundBy(person: Person): Promise<readonly string[]> {
  return parseRoomLink((await person.nearby())[0]?.link ?? '')?.origins ?? []
}

test('N1: two machines at one switch: a room appears within 3 s, is joined, and goes when its host says so', async () => {
  await lab.addNetwork('lan')
  const [ada, bob] = [await machineAt('ada', '10.77.0.1/24'), await machineAt('bob', '10.77.0.2/24')]
  const person = await Person.at(bob)
  expect(await person.titles()).toEqual([])
  const room = await hostRoom(ada, 'Our room', data)
  await expect.poll(() => person.titles(), { timeout: PROMISED_MS, interval: 50 }).toEqual(['Our room'])
  const [found] = await person.nearby()
  expect(parseRoomLink(found?.link ?? '')?.roomId).toBe(room.roomId)
  await person.join(found?.link ?? '', 'Bob')
  await person.write('Hello from Bob.')
  await person.saved()
  await room.stop()
  await expect.poll(() => person.titles(), { timeout: 1_000, interval: 50 }).toEqual([])
})

test('N2: a host whose power is cut goes from the list when it has missed its answers', async () => {
  await lab.addNetwork('lan')
  const [ada, bob] = [await machineAt('ada', '10.77.0.1/24'), await machineAt('bob', '10.77.0.2/24')]
  const room = await hostRoom(ada, 'Our room', data)
  const person = await Person.at(bob)
  await expect.poll(() => person.titles(), { timeout: PROMISED_MS }).toEqual(['Our room'])
  await room.kill()
  const limit = (MISSED_ANSWERS + 1) * ASK_EVERY_MS
  await expect.poll(() => person.titles(), { timeout: limit, interval: 100 }).toEqual([])
})

test('N4: a room is not listed where its host does not want it to be', async () => {
  await lab.addNetwork('lan')
  const [ada, bob] = [await machineAt('ada', '10.77.0.1/24'), await machineAt('bob', '10.77.0.2/24')]
  const person = await Person.at(bob)
  const hidden = await hostRoom(ada, 'Hidden', data, [])
  // What announces itself is heard while the other is not: the network works.
  const otherData = await makeTemporaryFolder()
  try {
    await hostRoom(bob, 'Shown', otherData)
    await expect.poll(() => person.titles(), { timeout: PROMISED_MS }).toEqual(['Shown'])
    expect((await person.check(hidden.links[0] ?? '')).problem).toBeNull()
  } finally {
    await removeFolder(otherData)
  }
})

test('N7: where a switch passes no multicast nothing is found, but links work; once it does, rooms appear', async () => {
  await lab.addNetwork('lan')
  const [ada, bob] = [await machineAt('ada', '10.77.0.1/24'), await machineAt('bob', '10.77.0.2/24')]
  await ada.setMulticast('eth0', false)
  await bob.setMulticast('eth0', false)
  const room = await hostRoom(ada, 'Our room', data)
  const person = await Person.at(bob)
  // Joining takes longer than finding would.
  await person.join(room.links[0] ?? '', 'Bob')
  expect(await person.titles()).toEqual([])
  await ada.setMulticast('eth0', true)
  await bob.setMulticast('eth0', true)
  await expect.poll(() => person.titles(), { timeout: ASK_EVERY_MS + PROMISED_MS }).toEqual(['Our room'])
})

test('N7: without any route for multicast, and with a card that refuses it, nothing crashes and links work', async () => {
  await lab.addNetwork('lan')
  const [ada, bob] = [await machineAt('ada', '10.77.0.1/24'), await machineAt('bob', '10.77.0.2/24')]
  for (const machine of [ada, bob]) {
    await machine.ip('link', 'set', 'eth0', 'multicast', 'off')
    await machine.ip('route', 'add', 'unreachable', '224.0.0.0/4')
  }
  const room = await hostRoom(ada, 'Our room', data)
  const person = await Person.at(bob)
  await person.join(room.links[0] ?? '', 'Bob')
  await person.write('Still here.')
  await person.saved()
  await room.stop()
})

test('N6: a host in two networks is found in both, at the address of each', async () => {
  await lab.addNetwork('lan')
  await lab.addNetwork('wifi')
  const host = await lab.addMachine('host', [
    { name: 'eth0', network: 'lan', addresses: ['10.77.0.1/24'] },
    { name: 'wlan0', network: 'wifi', addresses: ['192.168.77.1/24'] },
  ])
  const bob = await machineAt('bob', '10.77.0.2/24')
  const eve = await lab.addMachine('eve', [
    { name: 'wlan0', network: 'wifi', addresses: ['192.168.77.2/24'] },
  ])
  await hostRoom(host, 'Our room', data)
  const [wired, wireless] = [await Person.at(bob), await Person.at(eve)]
  await expect.poll(() => wired.titles(), { timeout: PROMISED_MS }).toEqual(['Our room'])
  await expect.poll(() => wireless.titles(), { timeout: PROMISED_MS }).toEqual(['Our room'])
  expect((await originsFoundBy(wired))[0]).toMatch(/^https?:\/\/10\.77\.0\.1:4657$/)
  expect((await originsFoundBy(wireless))[0]).toMatch(/^https?:\/\/192\.168\.77\.1:4657$/)
  for (const person of [wired, wireless])
    await person.join((await person.nearby())[0]?.link ?? '', 'Somebody')
})

test('N6: one link of a host in two networks is taken in both, whichever address it begins with', async () => {
  await lab.addNetwork('workshop')
  await lab.addNetwork('office')
  const host = await lab.addMachine('both', [
    { name: 'eth0', network: 'workshop', addresses: ['192.168.7.1/24'] },
    { name: 'eth1', network: 'office', addresses: ['10.20.0.1/24'] },
  ])
  const room = await hostRoom(host, 'In both', data)
  for (const [network, address] of [
    ['workshop', '192.168.7.2/24'],
    ['office', '10.20.0.2/24'],
  ] as const) {
    const guest = await lab.addMachine(network, [{ name: 'eth0', network, addresses: [address] }])
    const person = await Person.at(guest)
    await person.join(room.links[0] ?? '', network)
    await person.write(`${network} `)
    await person.saved()
    expect(await person.text()).toContain(`${network} `)
  }
})

test('N6: a host that gets another address is found there', async () => {
  await lab.addNetwork('lan')
  const [ada, bob] = [await machineAt('ada', '10.77.0.1/24'), await machineAt('bob', '10.77.0.2/24')]
  await hostRoom(ada, 'Our room', data)
  const person = await Person.at(bob)
  await expect.poll(() => originsFoundBy(person), { timeout: PROMISED_MS }).toHaveLength(1)
  await ada.ip('address', 'del', '10.77.0.1/24', 'dev', 'eth0')
  await ada.ip('address', 'add', '10.77.0.9/24', 'dev', 'eth0')
  await expect
    .poll(async () => (await originsFoundBy(person))[0], { timeout: 2 * PROMISED_MS + ASK_EVERY_MS })
    .toMatch(/10\.77\.0\.9/)
  await person.join((await person.nearby())[0]?.link ?? '', 'Bob')
})

test('N8: where there is only IPv6, a room is found and joined as well', async () => {
  await lab.addNetwork('lan')
  const [ada, bob] = [await machineAt('ada', 'fd77::1/64'), await machineAt('bob', 'fd77::2/64')]
  const room = await hostRoom(ada, 'Our room', data)
  expect(parseRoomLink(room.links[0] ?? '')?.origins[0]).toMatch(/^https?:\/\/\[fd77::1\]:4657$/)
  const person = await Person.at(bob)
  await expect.poll(() => person.titles(), { timeout: PROMISED_MS }).toEqual(['Our room'])
  await person.join((await person.nearby())[0]?.link ?? '', 'Bob')
})

test('N8: a machine without any IPv6 hosts all the same', async () => {
  await lab.addNetwork('lan')
  const [ada, bob] = [await machineAt('ada', '10.77.0.1/24'), await machineAt('bob', '10.77.0.2/24')]
  await ada.disableIPv6()
  const room = await hostRoom(ada, 'Our room', data)
  const person = await Person.at(bob)
  expect((await person.check(room.links[0] ?? '')).problem).toBeNull()
})
