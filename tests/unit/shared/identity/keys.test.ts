import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromBase64Url, toBase32, toBase64Url } from '../../../../src/shared/identity/encoding'
import {
  createId,
  createKeyPair,
  idOfPublicKey,
  loginText,
  sign,
  verify,
} from '../../../../src/shared/identity/keys'
import { idSchema, keySchema, signatureSchema } from '../../../../src/shared/protocol/values'

const bytes = (length: number, value = 1): Uint8Array => new Uint8Array(length).fill(value)

describe('keys', () => {
  it('W7: sign as RFC 8032 says: its first two test vectors', () => {
    const privateKey = (hex: string): string => toBase64Url(Uint8Array.from(Buffer.from(hex, 'hex')))
    const empty = privateKey('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60')
    expect(Buffer.from(fromBase64Url(sign('', empty))).toString('hex')).toBe(
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
    )
    const r = privateKey('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb')
    expect(Buffer.from(fromBase64Url(sign('r', r))).toString('hex')).toBe(
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
    )
  })

  it('W7: of any 32 random bytes sign what their public half verifies, and nothing else', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.string(),
        fc.string(),
        (seed, text, other) => {
          const { publicKey, privateKey } = createKeyPair(() => seed)
          expect([keySchema.safeParse(publicKey).success, keySchema.safeParse(privateKey).success]).toEqual([
            true,
            true,
          ])
          const signature = sign(text, privateKey)
          expect(signatureSchema.safeParse(signature).success).toBe(true)
          expect(verify(signature, text, publicKey)).toBe(true)
          expect(verify(signature, other, publicKey)).toBe(text === other)
        },
      ),
      { numRuns: 20 },
    )
  })

  it('W7: verify nothing that is no signature or no key, and never throw', () => {
    const { publicKey, privateKey } = createKeyPair(() => bytes(32))
    const signature = sign('text', privateKey)
    const wrong = fc.oneof(
      fc.string(),
      fc.stringMatching(/^[A-Za-z0-9_-]{43}$/),
      fc.stringMatching(/^[A-Za-z0-9_-]{86}$/),
      fc.uint8Array({ minLength: 32, maxLength: 32 }).map(toBase64Url),
      fc.uint8Array({ minLength: 64, maxLength: 64 }).map(toBase64Url),
    )
    fc.assert(
      fc.property(wrong, (text) => {
        expect(verify(text, 'text', publicKey)).toBe(text === signature)
        expect(verify(signature, 'text', text)).toBe(text === publicKey)
      }),
    )
    for (const text of ['', 'B'.repeat(43), `${publicKey}A`, signature.slice(1)]) {
      expect([verify(text, 'text', publicKey), verify(signature, 'text', text)]).toEqual([false, false])
    }
  })

  it('W7: of small order, for which anybody can make signatures, verify nothing', () => {
    const zeros = toBase64Url(bytes(64, 0))
    // The points of order 1, 2, 4 and 8, as RFC 8032 writes points.
    for (const point of [
      `01${'00'.repeat(31)}`,
      `ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f`,
      '00'.repeat(32),
      `${'00'.repeat(31)}80`,
      '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
      'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
    ]) {
      const key = toBase64Url(Uint8Array.from(Buffer.from(point, 'hex')))
      const forged = toBase64Url(Uint8Array.from([...Buffer.from(point, 'hex'), ...bytes(32, 0)]))
      for (const text of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) {
        expect([verify(zeros, text, key), verify(forged, text, key)]).toEqual([false, false])
      }
    }
  })
})

describe('ids', () => {
  it('W7: of a key are the first 20 bytes of its SHA-256 in lower-case base32', () => {
    const { publicKey } = createKeyPair(() => bytes(32, 7))
    expect(publicKey).toBe('6kpsY-KcUgq-9VB7Ey7F-ZVHdq6-vnuSQh7qaRRG0iw')
    expect(idOfPublicKey(publicKey)).toBe('72asyextvngonlc5w2nmguxza3frwepp')
  })

  it('W7: made from random bytes are 26 characters that the protocol takes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (random) => {
        const id = createId((length) => random.subarray(0, length))
        expect(id).toHaveLength(26)
        expect(idSchema.safeParse(id).success).toBe(true)
      }),
    )
    expect(createId(() => bytes(16, 255))).toBe('77777777777777777777777774')
  })

  it('W7: are base32 as in RFC 4648, in lower case and without padding', () => {
    expect(toBase32(new TextEncoder().encode('foobar'))).toBe('mzxw6ytboi')
  })
})

describe('the text of a login', () => {
  it('W7: names audience, nonce and window, so that a signature is of no use a second time or elsewhere', () => {
    expect(loginText({ audience: 'origin:http://a', nonce: 'nonce', windowId: 'window' })).toBe(
      'inkroom-login-1\norigin:http://a\nnonce\nwindow',
    )
  })
})

describe('base64url', () => {
  it('W7: is without padding, and refuses text that is none', () => {
    expect(toBase64Url(Uint8Array.of(255, 239, 254, 0))).toBe('_-_-AA')
    for (const text of ['a', 'ab==', 'a b', 'a+/b', 'é']) expect(() => fromBase64Url(text)).toThrow(Error)
  })
})
