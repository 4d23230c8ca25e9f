import { describe, expect, it } from 'vitest'
import { createLogger } from '../../../src/server/logger'
import { redactSecrets } from '../../../src/server/redactSecrets'
import { createKeyPair } from '../../../src/shared/identity/keys'
import { signInvite } from '../../lib/access/signInvite'

const SECRET = 'c2VjcmV0LXNlY3JldC1zZWNyZXQ'

/** What a logger writes of something. */
function logged(fields: object, message = 'said'): string {
  const lines: string[] = []
  createLogger('info', [{ write: (line) => lines.push(line) }]).warn(fields, message)
  return lines.join('')
}

describe('a log', () => {
  it('Y4: has lines of JSON, errors with their stack', () => {
    const line = logged({ err: new Error('no'), roomId: 'room' })
    expect(JSON.parse(line)).toMatchObject({
      level: 40,
      msg: 'said',
      roomId: 'room',
      err: { type: 'Error', message: 'no', stack: expect.stringContaining('logger.test') as string },
    })
  })

  it.each([
    ['a field', () => logged({ signature: SECRET })],
    ['a field inside', () => logged({ login: { device: [{ privateKey: SECRET }] } })],
    ['a frame as text', () => logged({ frame: JSON.stringify({ type: 'login', nonce: SECRET }) })],
    ['a frame in a frame', () => logged({ a: JSON.stringify({ b: JSON.stringify({ token: SECRET }) }) })],
    ['the message of an error', () => logged({ err: new Error(`bad: {"proof": "${SECRET}"}`) })],
    ['an object as Node prints it', () => logged({}, `{ nonce: '${SECRET}', page: 1 }`)],
    ['a link', () => logged({ url: `https://10.0.0.2:4660/room/x#fp=abc&invite=${SECRET}` })],
    ['a link in a sentence', () => logged({}, `cannot open inkroom://h:1/room/x#invite=${SECRET} here`)],
    ['a query', () => logged({ url: `/socket?token=${SECRET}&page=1` })],
  ])('Y4: never has a secret in %s', (_name, write) => {
    const line = write()
    expect(line).toContain('[removed]')
    expect(line).not.toContain(SECRET)
    expect(() => JSON.parse(line) as unknown).not.toThrow()
  })

  it('Y4: never has the token of an invite, wherever it stands', async () => {
    const token = await signInvite(
      { title: 'Plans' },
      createKeyPair((length) => new Uint8Array(length).fill(3)),
    )
    const line = logged({ what: [token], err: new Error(`what is ${token}?`) }, `got ${token}`)
    expect(line).not.toContain(token.split('.')[1])
    expect(line).not.toContain(token.split('.')[2])
  })

  it('Y4: keeps what is no secret', () => {
    const line = '{"roomId":"abc","url":"https://h:1/room/x#fp=123","tokens":3,"detail":"a token: none"}'
    expect(redactSecrets(line)).toBe(line)
  })
})
