import { UnsecuredJWT } from 'jose'
import { beforeAll, describe, expect, test } from 'vitest'
import { nodeRandomBytes } from '../../../../src/server/nodeCrypto'
import { MAX_TOKEN_LENGTH, readInviteToken } from '../../../../src/shared/access/inviteToken'
import { createId, createKeyPair, idOfPublicKey } from '../../../../src/shared/identity/keys'
import { formatRoomLink, parseRoomLink, roomLinkOfToken } from '../../../../src/shared/roomLink'
import { signInvite } from '../../../lib/access/signInvite'

const room = createKeyPair(nodeRandomBytes)
const roomId = idOfPublicKey(room.publicKey)
const fp = createKeyPair(nodeRandomBytes).publicKey
const claims = {
  iss: roomId,
  key: room.publicKey,
  jti: createId(nodeRandomBytes),
  role: 'editor',
  title: 'Thursday notes',
  by: 'Ada',
  at: ['https://192.168.1.5:4660', 'https://[fd00::5]:4660'],
  fp,
  exp: 1_900_000_000,
}
let token: string
beforeAll(async () => {
  token = await signInvite(claims, room)
})

test('a token signed by the room says what it was made with', () => {
  expect(readInviteToken(token)).toEqual(claims)
})

describe('what is no token of the room it names is refused', () => {
  test('signed by another key', async () => {
    expect(readInviteToken(await signInvite(claims, createKeyPair(nodeRandomBytes)))).toBeUndefined()
  })

  test("naming a key that is not the room's", async () => {
    const other = createKeyPair(nodeRandomBytes)
    expect(readInviteToken(await signInvite({ ...claims, key: other.publicKey }, other))).toBeUndefined()
  })

  test('any changed character', () => {
    for (let index = 0; index < token.length; index += 7) {
      const changed = `${token.slice(0, index)}${token[index] === 'A' ? 'B' : 'A'}${token.slice(index + 1)}`
      expect(readInviteToken(changed), `character ${index}`).toBeUndefined()
    }
  })

  test('unsigned, or another kind of token', async () => {
    expect(readInviteToken(new UnsecuredJWT(claims).encode())).toBeUndefined()
    expect(readInviteToken(await signInvite(claims, room, { typ: 'JWT' }))).toBeUndefined()
  })

  test.each([
    ['an owner by another name', { role: 'admin' }],
    ['an address with a path', { at: ['https://192.168.1.5:4660/evil'] }],
    ['an address of another scheme', { at: ['javascript:alert(1)'] }],
    ['no address', { at: [] }],
    ['a fingerprint that is none', { fp: 'abc' }],
    ['a title that hides what it says', { title: 'a\u202Eb' }],
  ])('with %s', async (_what, change) => {
    expect(readInviteToken(await signInvite({ ...claims, ...change }, room))).toBeUndefined()
  })

  test('text of any kind, and of any length', () => {
    for (const text of ['', '.', '..', 'a.b.c', '{}', 'x'.repeat(MAX_TOKEN_LENGTH + 1)]) {
      expect(readInviteToken(text)).toBeUndefined()
    }
  })
})

describe('links', () => {
  test('an invite is one link for the app and one for browsers, with the same in both', () => {
    const link = roomLinkOfToken(token)
    if (link === undefined) throw new Error('the token makes no link')
    const web = formatRoomLink(link)
    const app = formatRoomLink(link, 'inkroom')
    expect(web).toMatch(/^https:\/\/192\.168\.1\.5:4660\/room\/[a-z2-7]{32}#invite=/)
    expect(app).toMatch(/^inkroom:\/\/192\.168\.1\.5:4660\/room\/[a-z2-7]{32}#invite=/)
    expect(parseRoomLink(web)).toEqual(link)
    expect(parseRoomLink(app)).toEqual(link)
    expect(link.origins).toEqual(claims.at)
    expect(link.fingerprint).toBe(fp)
  })

  test('an invite of another room makes the link none', async () => {
    const other = createKeyPair(nodeRandomBytes)
    const foreign = { ...claims, iss: idOfPublicKey(other.publicKey), key: other.publicKey }
    const link = `https://192.168.1.5:4660/room/${roomId}#invite=${await signInvite(foreign, other)}`
    expect(parseRoomLink(link)).toBeUndefined()
  })

  test('an unencrypted address in front of an encrypted invite is not tried', () => {
    const link = parseRoomLink(`http://10.0.0.1:4660/room/${roomId}#invite=${token}`)
    expect(link?.origins).toEqual(claims.at)
  })

  test('a room that was found keeps its fingerprint and addresses', () => {
    const link = {
      roomId,
      origins: ['https://192.168.1.5:4660', 'https://10.1.1.1:4660'] as [string, string],
      fingerprint: fp,
    }
    expect(parseRoomLink(formatRoomLink(link))).toEqual(link)
    expect(parseRoomLink(formatRoomLink(link, 'inkroom'))).toEqual(link)
  })

  test('a plain link is one, with blanks around it too', () => {
    expect(parseRoomLink(`  http://localhost:4657/room/${roomId}/ `)).toEqual({
      roomId,
      origins: ['http://localhost:4657'],
    })
  })

  test.each([
    `ftp://host/room/${roomId}`,
    `https://user:secret@host/room/${roomId}`,
    'https://host/room/short',
    `https://host/rooms/${roomId}`,
    'https://host/',
    'room',
    `javascript:/room/${roomId}`,
    `https://host/room/${roomId}#${'x'.repeat(9_000)}`,
  ])('%s is none', (text) => {
    expect(parseRoomLink(text)).toBeUndefined()
  })
})
