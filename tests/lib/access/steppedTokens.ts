import { INVITE_TOKEN_TYPE, readInviteToken } from '../../../src/shared/access/inviteToken'
import { toBase64Url } from '../../../src/shared/identity/encoding'
import { sign } from '../../../src/shared/identity/keys'
import type { InviteTokens } from '../../../src/server/access/inviteTokens'

const encode = (value: unknown): string => toBase64Url(new TextEncoder().encode(JSON.stringify(value)))

/** Tokens as the real ones are, made in a turn: a server that a test steps does not wait for threads of the system. */
export const steppedTokens: InviteTokens = {
  sign: async (claims, { privateKey }) => {
    const text = `${encode({ alg: 'EdDSA', typ: INVITE_TOKEN_TYPE })}.${encode(claims)}`
    return `${text}.${sign(text, privateKey)}`
  },
  read: async (token, roomId) => {
    const claims = readInviteToken(token)
    return claims?.iss === roomId ? claims : undefined
  },
}
