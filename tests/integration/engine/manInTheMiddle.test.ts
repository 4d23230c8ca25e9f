import { expect, onTestFinished, test } from 'vitest'
import { parseRoomLink } from '../../../src/shared/roomLink'
import { TcpProxy } from '../../lib/tcpProxy'
import { testCertificate } from '../../lib/testCertificate'
import { TlsInterceptor } from '../../lib/tlsInterceptor'
import { edit, untilPage } from '../../../tools/lib/client/participant'
import { Ground } from './ground'

async function interceptor(ground: Ground): Promise<TlsInterceptor> {
  const between = await TlsInterceptor.start(await testCertificate(), ground.port)
  onTestFinished(() => between.close())
  return between
}

test('Z4: a man in the middle is refused before anything is said, and the engine says why', async () => {
  const ground = await Ground.start()
  const between = await interceptor(ground)
  const victim = ground.device({ url: `wss://127.0.0.1:${between.port}/socket` })
  await victim.until(() => victim.client.status.value.state === 'refused', 'it is refused')
  expect(victim.client.status.value).toMatchObject({ state: 'refused', code: 'certificate-mismatch' })
  expect([between.connections, between.readFromVictims]).toEqual([1, 0])
})

test('I13: a man in the middle whom the link itself names gets a login that the host does not take', async () => {
  const ground = await Ground.start()
  const between = await interceptor(ground)
  const certificate = await testCertificate()
  const other = await TlsInterceptor.start(certificate, between.port)
  onTestFinished(() => other.close())
  const deceived = ground.device({
    url: `wss://127.0.0.1:${other.port}/socket`,
    fingerprint: certificate.fingerprint,
  })
  await deceived.until(() => deceived.client.status.value.state === 'refused', 'it is refused')
  expect(deceived.client.status.value).toMatchObject({ code: 'login-failed' })
  // The login went through his hands, and said for whose certificate it was meant.
  expect(other.readFromVictims).toBeGreaterThan(0)
})

test('Z4: who was in the room already writes nothing to a man who steps in between, and loses nothing', async () => {
  const ground = await Ground.start()
  const { proxy, url } = await ground.proxy()
  const { participant, page } = await ground.guest({ url })
  edit(page, 0, 0, 'before ')
  await untilPage(page, ({ synced }) => synced, 'it is sent')
  // From now on the same address leads to the attacker.
  const between = await interceptor(ground)
  const port = proxy.port
  await proxy.close()
  const turned = await TcpProxy.start(between.port, port)
  onTestFinished(() => turned.close())
  await participant.until(() => participant.client.status.value.state !== 'connected', 'it notices')
  edit(page, 0, 0, 'secret ')
  participant.client.connectNow()
  await participant.until(() => participant.client.status.value.state === 'refused', 'it is refused')
  expect(between.readFromVictims).toBe(0)
  expect(page.content.toString()).toBe('secret before ')
  // The true host is there again.
  await turned.close()
  const healed = await TcpProxy.start(ground.port, port)
  onTestFinished(() => healed.close())
  participant.client.connectNow()
  await untilPage(page, ({ synced, unsent }) => synced && unsent === 0, 'all is sent')
})

test('Z4: a link with a fingerprint never leads to a connection without encryption', async () => {
  const ground = await Ground.start()
  const plain = await TcpProxy.start(ground.port)
  onTestFinished(() => plain.close())
  const link = ground.link.replace('https:', 'http:')
  expect(parseRoomLink(link)?.fingerprint).toBeDefined()
  const victim = ground.device({ url: `ws://127.0.0.1:${plain.port}/socket` })
  await victim.until(() => victim.client.status.value.state === 'refused', 'it is refused')
  expect(plain.accepted).toBe(0)
})
