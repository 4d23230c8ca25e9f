import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { reachabilityOf } from '../../../../src/main/network/reachability'

/** A machine with a card that has this very machine's loopback addresses, so that nothing leaves it. */
const interfaces = () => ({
  lo: [{ address: '127.0.0.1', family: 'IPv4', internal: true }],
  eth0: [
    { address: '127.0.0.2', family: 'IPv4', internal: false },
    { address: '127.0.0.3', family: 'IPv4', internal: false },
  ],
})
const machine = {
  platform: 'linux',
  program: '/opt/inkroom',
  exists: () => false,
  read: () => undefined,
} as const

async function listenOn(host: string): Promise<number> {
  const server = createServer().listen(0, host)
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}

test('N13: each own address that is listened on says whether it answers', async () => {
  const port = await listenOn('127.0.0.2')
  const found = await reachabilityOf(
    { port, addresses: ['https://127.0.0.2'], reachedFromOutside: true },
    { host: '::', networkInterfaces: interfaces, machine },
  )
  expect(found).toMatchObject({ port, reachedFromOutside: true, firewall: { tool: 'none' } })
  expect(
    found.addresses.map(({ origin, interfaceName, answers }) => [origin, interfaceName, answers]),
  ).toEqual([
    [`https://127.0.0.2:${port}`, 'eth0', true],
    [`https://127.0.0.3:${port}`, 'eth0', false],
  ])
})

test('a server for this machine alone has no address for others', async () => {
  const port = await listenOn('127.0.0.1')
  const status = { port, addresses: ['https://127.0.0.1'], reachedFromOutside: false }
  const options = { host: '127.0.0.1', networkInterfaces: interfaces, machine }
  expect((await reachabilityOf(status, options)).addresses).toEqual([])
})

test('where nothing is hosted there is nothing to reach, and no command to run', async () => {
  // The port of the last time is remembered.
  expect(
    await reachabilityOf(
      { port: 4660, addresses: [], reachedFromOutside: false },
      { host: '::', networkInterfaces: interfaces, machine: { ...machine, exists: () => true } },
    ),
  ).toMatchObject({ port: null, addresses: [], firewall: { commands: [] } })
})
