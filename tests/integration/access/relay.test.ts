import { expect, onTestFinished, test } from 'vitest'
import type { Host, HostOptions } from '../../../src/server/host/startHost'
import { parseRoomLink } from '../../../src/shared/roomLink'
import { Participant } from '../../../tools/lib/client/participant'
import { startPlainHost } from '../../lib/plainHost'
import { TcpProxy } from '../../lib/tcpProxy'
import { makeTemporaryFolder, removeFolder } from '../../lib/temporaryFolder'
import { testCertificate } from '../../lib/testCertificate'
import { TlsInterceptor } from '../../lib/tlsInterceptor'

/** The host whose guest Mallory would like to be, with a room. */
async function startVictimsHost(options: Partial<HostOptions> = {}): Promise<{ host: Host; link: string }> {
  const dataFolder = await makeTemporaryFolder()
  const host = await startPlainHost(dataFolder, options)
  onTestFinished(async () => {
    await host.stop()
    await removeFolder(dataFolder)
  })
  const { roomId } = await host.roomServer.createRoom('Plans')
  return { host, link: host.localLinkOf(roomId) }
}

const ENCRYPTED = { encryption: { certificate: 'own', plainBrowsers: true } } as const

/** Somebody dials `url` in the belief that the room is there. Gives how it ends. */
async function outcomeOf(link: string, options: { url?: string; fingerprint?: string } = {}) {
  const person = new Participant(link, options)
  onTestFinished(() => person.leave())
  await person.until(
    () => ['refused', 'connected'].includes(person.client.status.value.state),
    'it is decided',
  )
  const { value } = person.client.status
  return value.state === 'refused' ? value.code : value.state
}

test('I13: a login that Mallory passes on to another host over TLS counts nowhere', async () => {
  const { host, link } = await startVictimsHost(ENCRYPTED)
  const certificate = await testCertificate()
  const mallory = await TlsInterceptor.start(certificate, host.port)
  onTestFinished(() => mallory.close())
  const url = `wss://127.0.0.1:${mallory.port}/socket`
  expect(await outcomeOf(link, { url, fingerprint: certificate.fingerprint })).toBe('login-failed')
  expect(mallory.readFromVictims).toBeGreaterThan(0)
  expect(await outcomeOf(link)).toBe('connected')
})

test('I13: a login that Mallory passes on to another host without encryption counts nowhere', async () => {
  const { host, link } = await startVictimsHost()
  const mallory = await TcpProxy.start(host.port)
  onTestFinished(() => mallory.close())
  expect(await outcomeOf(link, { url: `ws://127.0.0.1:${mallory.port}/socket` })).toBe('login-failed')
  expect(mallory.passed.up).toBeGreaterThan(0)
  expect(await outcomeOf(link)).toBe('connected')
})

test('I13: a login over a port that the host was told of counts there', async () => {
  const forwarded = await TcpProxy.start(0)
  onTestFinished(() => forwarded.close())
  const origin = `http://127.0.0.1:${forwarded.port}`
  const { host, link } = await startVictimsHost({ forwardedOrigins: [origin] })
  forwarded.targetPort = host.port
  expect(parseRoomLink(link)?.origins).not.toContain(origin)
  expect(await outcomeOf(link, { url: `ws://127.0.0.1:${forwarded.port}/socket` })).toBe('connected')
})
