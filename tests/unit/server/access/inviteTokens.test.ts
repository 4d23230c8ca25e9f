import { describe, expect, it } from 'vitest'
import { joseTokens } from '../../../../src/server/access/inviteTokens'
import { readInviteToken, type InviteClaims } from '../../../../src/shared/access/inviteToken'
import { createKeyPair, idOfPublicKey } from '../../../../src/shared/identity/keys'
import { signInvite } from '../../../lib/access/signInvite'
import { steppedTokens } from '../../../lib/access/steppedTokens'
import { idOf } from '../../../lib/idOf'

const [ROOM, OTHER] = [1, 2].map((value) => createKeyPair(() => new Uint8Array(32).fill(value)))
if (ROOM === undefined || OTHER === undefined) throw new Error('no keys')
const ROOM_ID = idOfPublicKey(ROOM.publicKey)
const CLAIMS: InviteClaims = {
  iss: ROOM_ID,
  key: ROOM.publicKey,
  jti: idOf('invite'),
  role: 'editor',
  title: 'Room',
  by: 'Ada',
  at: ['https://10.0.0.1:4660'],
  exp: 1_700_000_000,
}

const read = (token: string): Promise<InviteClaims | undefined> =>
  joseTokens.read(token, ROOM_ID, ROOM.publicKey)

describe('tokens of invites', () => {
  it('I2: say what was signed, also when their time is over, to server and client alike', async () => {
    const token = await joseTokens.sign(CLAIMS, ROOM)
    expect(await read(token)).toEqual(CLAIMS)
    expect(readInviteToken(token)).toEqual(CLAIMS)
    expect(await steppedTokens.sign(CLAIMS, ROOM)).toBe(token)
  })

  it.each<[string, () => Promise<string>]>([
    ['signed by another key', () => signInvite(CLAIMS, OTHER)],
    ['of another room', () => signInvite({ ...CLAIMS, iss: idOfPublicKey(OTHER.publicKey) }, ROOM)],
    ['of another kind', () => signInvite(CLAIMS, ROOM, { typ: 'JWT' })],
    ['of no kind', () => signInvite(CLAIMS, ROOM, {})],
    ['with a role that there is not', () => signInvite({ ...CLAIMS, role: 'king' }, ROOM)],
    ['without an id', () => signInvite({ ...CLAIMS, jti: undefined }, ROOM)],
    [
      'whose claims were changed',
      async () => {
        const [header, , signature] = (await joseTokens.sign(CLAIMS, ROOM)).split('.')
        const forged = Buffer.from(JSON.stringify({ ...CLAIMS, role: 'owner' })).toString('base64url')
        return [header, forged, signature].join('.')
      },
    ],
    [
      'that says it needs no signature',
      async () => {
        const [, claims] = (await joseTokens.sign(CLAIMS, ROOM)).split('.')
        const header = Buffer.from(JSON.stringify({ alg: 'none', typ: 'inkroom-invite+jwt' }))
        return `${header.toString('base64url')}.${claims ?? ''}.`
      },
    ],
    ['that is nothing', async () => ''],
    ['that is no token', async () => 'a.b.c'],
    ['that is too long', async () => 'a'.repeat(5_000)],
  ])('I2: none is one %s', async (_what, make) => {
    expect(await read(await make())).toBeUndefined()
  })
})
