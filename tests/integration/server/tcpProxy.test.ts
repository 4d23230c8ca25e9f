import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { TcpProxy } from '../../lib/tcpProxy'

interface Line {
  readonly proxy: TcpProxy
  readonly client: Socket
  readonly target: Socket
}

/** A client connected through a proxy to a target, both in the hands of the test. */
async function connectThrough(): Promise<Line> {
  const server = createServer({ noDelay: true }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const proxy = await TcpProxy.start((server.address() as AddressInfo).port)
  const client = connect({ port: proxy.port, host: '127.0.0.1', noDelay: true })
  const [target] = (await once(server, 'connection')) as [Socket]
  for (const socket of [client, target]) socket.on('error', () => socket.destroy())
  onTestFinished(async () => {
    client.destroy()
    target.destroy()
    await proxy.close()
    server.close()
  })
  return { proxy, client, target }
}

/** Reads until a number of bytes is there. */
async function read(socket: Socket, bytes: number): Promise<string> {
  let text = ''
  while (text.length < bytes) {
    const piece: unknown = socket.read()
    if (Buffer.isBuffer(piece)) text += piece.toString('latin1')
    else await once(socket, 'readable')
  }
  return text
}

/** Waits until a socket is closed, properly or not. */
function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.resume().once('close', () => resolve()))
}

test('bytes pass both ways, and a close passes too', async () => {
  const { proxy, client, target } = await connectThrough()
  client.write('to the target')
  expect(await read(target, 13)).toBe('to the target')
  target.write('back')
  expect(await read(client, 4)).toBe('back')
  expect(proxy.passed).toEqual({ up: 13, down: 4 })
  client.end()
  await closed(target)
})

test('a cut closes both ends', async () => {
  const { proxy, client, target } = await connectThrough()
  proxy.cut()
  await Promise.all([closed(client), closed(target)])
  expect(proxy.connections).toBe(0)
})

test('a cut after so many bytes lets exactly those pass', async () => {
  const { proxy, client, target } = await connectThrough()
  proxy.cutAfter('up', 5)
  client.write('123')
  client.write('45678')
  expect(await read(target, 5)).toBe('12345')
  await Promise.all([closed(client), closed(target)])
})

test('what is sent into a stall arrives in order once it is over', async () => {
  const { proxy, client, target } = await connectThrough()
  proxy.stall('up')
  client.write('held ')
  target.write('free')
  expect(await read(client, 4)).toBe('free')
  client.write('back')
  expect(proxy.passed.up).toBe(0)
  proxy.heal()
  expect(await read(target, 9)).toBe('held back')
})

test('delayed bytes arrive late and in order', async () => {
  const { proxy, client, target } = await connectThrough()
  proxy.delay(60)
  const since = performance.now()
  for (const letter of 'in order') client.write(letter)
  expect(await read(target, 8)).toBe('in order')
  expect(performance.now() - since).toBeGreaterThanOrEqual(55)
})

test('a half-open connection swallows bytes and closes, and once healed it is reset', async () => {
  const { proxy, client, target } = await connectThrough()
  proxy.halfOpen()
  target.end('lost')
  await once(target, 'finish')
  client.write('lost')
  expect(client.readyState).toBe('open')
  const clientClosed = closed(client)
  proxy.heal()
  await clientClosed
  expect(proxy.passed).toEqual({ up: 0, down: 0 })
})

test('a proxy that refuses takes connections again once healed', async () => {
  const { proxy } = await connectThrough()
  proxy.refuse()
  const refused = connect(proxy.port, '127.0.0.1').on('error', () => undefined)
  await closed(refused)
  proxy.heal()
  const accepted = connect(proxy.port, '127.0.0.1')
  await once(accepted, 'connect')
  accepted.destroy()
})

test('a throttled direction takes its time and loses nothing', async () => {
  const { proxy, client, target } = await connectThrough()
  proxy.throttle('up', 1_000_000)
  const since = performance.now()
  client.write('x'.repeat(150_000))
  expect(await read(target, 150_000)).toBe('x'.repeat(150_000))
  expect(performance.now() - since).toBeGreaterThan(120)
})
