import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  audienceOfAddress,
  audienceOfCertificate,
  audienceOfConnection,
  audienceSchema,
} from '../../../../src/shared/identity/audience'

const FINGERPRINT = `${'A'.repeat(42)}Q`

/** Hosts of addresses, as somebody may type them. */
const hosts = fc.oneof(
  fc.domain(),
  fc.ipV4(),
  fc.ipV6().map((address) => `[${address}]`),
)
const ports = fc.integer({ min: 1, max: 65_535 })
const schemes = fc.constantFrom('http', 'https')

describe('the audience of an address', () => {
  it('I13: is one form of all that lead to one place, and fits the schema', () => {
    fc.assert(
      fc.property(schemes, hosts, ports, (scheme, host, port) => {
        const audience = audienceOfAddress(`${scheme}://${host}:${port}`)
        expect(audienceSchema.parse(audience)).toBe(audience)
        const others = [
          `${scheme.toUpperCase()}://${host.toUpperCase()}:${port}/socket?a=1`,
          `${scheme.replace('http', 'ws')}://${host}:${port}/socket`,
          audience.replace('origin:', ''),
        ]
        expect(others.map((other) => audienceOfAddress(other))).toEqual([audience, audience, audience])
      }),
    )
  })

  it('I13: tells apart schemes, hosts and ports', () => {
    fc.assert(
      fc.property(fc.tuple(schemes, fc.domain(), ports), fc.tuple(schemes, fc.domain(), ports), (a, b) => {
        const [one, other] = [a, b].map(([scheme, host, port]) =>
          audienceOfAddress(`${scheme}://${host}:${port}`),
        )
        expect(one === other).toBe(a.join() === b.join())
      }),
    )
  })

  it.each([
    ['https://Rooms.Example.org:443/room/x#invite=y', 'origin:https://rooms.example.org'],
    ['ws://rooms.example.org:80', 'origin:http://rooms.example.org'],
    ['wss://rooms.example.org:80/socket', 'origin:https://rooms.example.org:80'],
    ['http://laptop.local.:4657', 'origin:http://laptop.local:4657'],
    ['http://[FD00:0:0::1]:4657', 'origin:http://[fd00::1]:4657'],
  ])('I13: of %s is %s', (address, audience) => {
    expect(audienceOfAddress(address)).toBe(audience)
  })

  it.each(['', 'rooms.example.org', 'ftp://rooms.example.org', 'app://inkroom', 'data:,x'])(
    'I13: is none where %j is no address of a server',
    (address) => {
      expect(() => audienceOfAddress(address)).toThrow(Error)
    },
  )
})

describe('an audience', () => {
  it('I13: is the pinned certificate wherever there is one', () => {
    expect(audienceOfConnection('wss://10.0.0.5:4657/socket', FINGERPRINT)).toBe(`cert:${FINGERPRINT}`)
    expect(audienceOfConnection('ws://10.0.0.5:4657/socket', undefined)).toBe('origin:http://10.0.0.5:4657')
    expect(() => audienceOfCertificate('AA:BB')).toThrow(Error)
  })

  it('I13: never holds what could stand for another line of the text that is signed', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.constantFrom('cert:', 'origin:http://a'),
        (text, start) => {
          fc.pre(audienceSchema.safeParse(start + text).success)
          expect(start + text).toMatch(/^[!-~]+$/)
        },
      ),
    )
    for (const forged of ['origin:http://a\ninkroom', 'origin:http://a b', 'origin:http://a/b', 'cert:', ''])
      expect(audienceSchema.safeParse(forged).success).toBe(false)
  })
})
