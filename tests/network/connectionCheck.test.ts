import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeTemporaryFolder, removeFolder } from '../lib/temporaryFolder'
import { hostRoom } from './lab/hostedRoom'
import { Lab, type Machine } from './lab/lab'
import { Person } from './lab/person'

let lab: Lab
let data: string

beforeEach(async () => {
  lab = await Lab.create()
  data = await makeTemporaryFolder()
  await lab.addNetwork('lan')
})
afterEach(async () => {
  await lab.dispose()
  await removeFolder(data)
})

function machineAt(name: string, address: string): Promise<Machine> {
  return lab.addMachine(name, [{ name: 'eth0', network: 'lan', addresses: [address] }])
}

const link = (host: string): string => `http://${host}:4657/room/${'a'.repeat(32)}`

test('N10: a cut cable, a wrong network, a silent firewall and a closed port are told apart', async () => {
  const host = await machineAt('host', '10.77.0.1/24')
  const bob = await machineAt('bob', '10.77.0.2/24')
  const person = await Person.at(bob)
  const codeAt = async (address: string) => (await person.check(link(address))).problem?.code
  // Nothing listens yet.
  expect(await codeAt('10.77.0.1')).toBe('port-refused')
  const room = await hostRoom(host, 'Our room', data)
  expect((await person.check(room.links[0] ?? '')).problem).toBeNull()
  // Another network that nobody leads to.
  expect(await codeAt('10.99.0.1')).toBe('no-route')
  // Nobody has that address.
  expect(await codeAt('10.77.0.200')).toBe('no-route')
  // Somebody who drops what comes, as firewalls do: packets to a card that is not there.
  await bob.ip('neighbour', 'replace', '10.77.0.1', 'lladdr', '02:00:00:00:00:99', 'dev', 'eth0')
  expect(await codeAt('10.77.0.1')).toBe('port-silent')
  await bob.ip('address', 'flush', 'dev', 'eth0')
  expect(await codeAt('10.77.0.1')).toBe('no-network')
})

test('N10: a name without a name server to ask says so', async () => {
  const bob = await machineAt('bob', '10.77.0.2/24')
  const { problem } = await (await Person.at(bob)).check(link('rooms.invalid'))
  expect(problem).toMatchObject({ step: 'resolve', code: 'name-server-silent', address: null })
})
