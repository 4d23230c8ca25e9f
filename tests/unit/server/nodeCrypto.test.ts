import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  createNodeSigner,
  nodePublicKeyOf,
  nodeRandomBytes,
  nodeSha256Hex,
} from '../../../src/server/nodeCrypto'
import { toBase64Url } from '../../../src/shared/identity/encoding'
import { createKeyPair, sign, verify } from '../../../src/shared/identity/keys'
import { sha256Hex } from '../../../src/shared/update'

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.constant('\ud800 lone'),
)

describe('the crypto of the server', () => {
  test('hashes as the one of shared', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(nodeSha256Hex(text)).toBe(sha256Hex(text))
      }),
    )
    expect(nodeSha256Hex('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  })

  test('signs as the one of shared, and shared verifies it', () => {
    const signText = createNodeSigner()
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), anyText, (secret, text) => {
        const { publicKey, privateKey } = createKeyPair(() => secret)
        const signature = signText(text, privateKey)
        expect(signature).toBe(sign(text, privateKey))
        expect(verify(signature, text, publicKey)).toBe(true)
      }),
      { numRuns: 50 },
    )
  })

  test('works out the public half as the one of shared', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (secret) => {
        const { publicKey, privateKey } = createKeyPair(() => secret)
        expect(nodePublicKeyOf(privateKey)).toBe(publicKey)
      }),
      { numRuns: 50 },
    )
    expect(() => nodePublicKeyOf('c2hvcnQ')).toThrow('32 bytes')
  })

  test('signs with each of more keys than it keeps unpacked', () => {
    const signText = createNodeSigner()
    const keys = Array.from({ length: 300 }, () => toBase64Url(nodeRandomBytes(32)))
    const first = keys.map((key) => signText('text', key))
    expect(keys.map((key) => signText('text', key))).toEqual(first)
    expect(new Set(first).size).toBe(keys.length)
    expect(first[7]).toBe(sign('text', keys[7] ?? ''))
  })

  test('refuses a key that is none', () => {
    expect(() => createNodeSigner()('text', 'c2hvcnQ')).toThrow('32 bytes')
  })

  test('random bytes have the length asked for and differ', () => {
    expect(nodeRandomBytes(16)).toHaveLength(16)
    expect(nodeRandomBytes(16)).not.toEqual(nodeRandomBytes(16))
  })
})
