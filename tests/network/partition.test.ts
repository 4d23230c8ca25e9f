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

test('N9: a pulled cable: both sides write on, and when it is back everything is merged, nothing lost, nothing twice', async () => {
  const host = await machineAt('host', '10.77.0.1/24')
  const far = await machineAt('far', '10.77.0.2/24')
  const room = await hostRoom(host, 'Our room', data)
  const [ada, bob] = [await Person.at(host), await Person.at(far)]
  const link = room.links[0] ?? ''
  await ada.join(link, 'Ada')
  await ada.write('Start.')
  await ada.saved()
  await bob.join(link, 'Bob')
  await expect.poll(() => bob.text()).toBe('Start.')

  await far.setCable('eth0', false)
  await ada.write(' Ada meanwhile.')
  await ada.saved()
  await bob.write(' Bob meanwhile.')
  await expect.poll(() => bob.state(), { timeout: 15_000 }).toBe('reconnecting')
  expect(await bob.text()).toBe('Start. Bob meanwhile.')
  expect(await ada.text()).toBe('Start. Ada meanwhile.')

  await far.setCable('eth0', true)
  await expect.poll(() => bob.state(), { timeout: 40_000 }).toBe('connected')
  await bob.saved()
  const merged = await bob.text()
  await expect.poll(() => ada.text()).toBe(merged)
  expect([...merged].sort().join('')).toBe([...'Start. Ada meanwhile. Bob meanwhile.'].sort().join(''))
  expect(merged).toContain(' Ada meanwhile.')
  expect(merged).toContain(' Bob meanwhile.')
})
