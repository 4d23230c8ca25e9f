import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { StartError } from '../../../src/server/startError'
import { startTestServer } from './startTestServer'

/** Takes a port whose neighbour above is free as well, as far as one can know. */
async function takePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}

async function codeOf(start: Promise<unknown>): Promise<string> {
  const error: unknown = await start.then(
    () => 'it started',
    (reason: unknown) => reason,
  )
  return error instanceof StartError ? error.code : String(error)
}

test('a taken port leads to the next free one', async () => {
  const taken = await takePort()
  const { http, origin } = await startTestServer({ port: taken, portSearch: 50 })
  expect(http.port).toBeGreaterThan(taken)
  expect(http.port).toBeLessThanOrEqual(taken + 50)
  expect((await fetch(`${origin}/health`)).status).toBe(200)
})

test('without a search a taken port is port-in-use, and says which', async () => {
  const taken = await takePort()
  const start = startTestServer({ port: taken })
  await expect(start).rejects.toThrow(`Port ${taken} on 127.0.0.1 is in use`)
  expect(await codeOf(start)).toBe('port-in-use')
})

test('the search ends after as many ports as it was allowed', async () => {
  const first = await takePort()
  const second = createServer()
  const blocked = await new Promise<boolean>((resolve) => {
    second.once('error', () => resolve(true))
    second.listen(first + 1, '127.0.0.1', () => resolve(true))
  })
  onTestFinished(() => void second.close())
  expect(blocked).toBe(true)
  expect(await codeOf(startTestServer({ port: first, portSearch: 1 }))).toBe('port-in-use')
})

test('an address that this machine does not have is address-unavailable', async () => {
  // 192.0.2.0/24 is kept for documentation, so no machine has it.
  expect(await codeOf(startTestServer({ host: '192.0.2.1' }))).toBe('address-unavailable')
})
