import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clientMessageSchema } from '../../../../src/shared/protocol/clientMessages'
import { InkroomError } from '../../../../src/shared/protocol/errors'
import { parseClientMessage, parseServerMessage } from '../../../../src/shared/protocol/parse'
import { serverMessageSchema } from '../../../../src/shared/protocol/serverMessages'
import { idOf } from '../../../lib/idOf'
import { frames } from './arbitraries'

const typesOf = (schema: {
  readonly options: readonly { readonly shape: { readonly type: { readonly value: string } } }[]
}): string[] => schema.options.map(({ shape }) => shape.type.value)

const malformed = expect.objectContaining({ name: 'InkroomError', code: 'message-malformed' }) as Error

const ID = idOf('some id')
const SUBMIT = {
  type: 'submit',
  pageId: ID,
  version: 0,
  hash: 'f'.repeat(64),
  clientId: ID,
  after: 0,
  seq: 1,
  op: ['x'],
}
const LOGIN = {
  type: 'login',
  protocol: 1,
  windowId: ID,
  audience: 'origin:https://192.168.1.5:4657',
  deviceKey: 'A'.repeat(43),
  signature: 'A'.repeat(86),
  challenge: ID,
  name: 'Ada',
  colour: 0,
}

const INVITE = { type: 'createInvite', request: 1, role: 'editor', expiresAt: null, maxUses: 1 }

describe('parsing a frame', () => {
  it.each([
    ['a client', parseClientMessage, typesOf(clientMessageSchema)],
    ['a server', parseServerMessage, typesOf(serverMessageSchema)],
  ])('W5: from %s throws nothing but an InkroomError, whatever it holds', (_name, parse, types) => {
    fc.assert(
      fc.property(frames(types), (frame) => {
        try {
          expect(parse(frame)).toHaveProperty('type')
        } catch (error) {
          expect(error).toBeInstanceOf(InkroomError)
          expect(['message-malformed', 'name-too-long']).toContain((error as InkroomError).code)
        }
      }),
      { numRuns: 2_000 },
    )
  })

  it.each([
    '',
    ' ',
    '{',
    'null',
    '[]',
    '"join"',
    '1',
    '{}',
    '{"type":null}',
    '{"type":"Join"}',
    '{"type":"constructor"}',
  ])('W1: that is %j is message-malformed', (frame) => {
    expect(() => parseClientMessage(frame)).toThrow(malformed)
    expect(() => parseServerMessage(frame)).toThrow(malformed)
  })

  it('W1: of a type that only the other side sends is message-malformed', () => {
    expect(() => parseClientMessage('{"type":"heartbeat"}')).toThrow(malformed)
    expect(() => parseServerMessage('{"type":"leave"}')).toThrow(malformed)
  })

  it('W1: names the field that is wrong', () => {
    expect(() => parseClientMessage(JSON.stringify({ ...SUBMIT, hash: 'short' }))).toThrow(/hash/)
  })

  it('W2: ignores fields it does not know', () => {
    const frame = JSON.stringify({ ...SUBMIT, colourOfTheSky: 'blue', __proto__: null })
    expect(parseClientMessage(frame)).toEqual(SUBMIT)
    expect(parseServerMessage('{"type":"left","why":{"deep":[1]}}')).toEqual({ type: 'left' })
  })

  it.each<[string, object]>([
    ['an id that is none', { ...SUBMIT, pageId: '../etc' }],
    ['an id that is too long', { ...SUBMIT, clientId: 'a'.repeat(33) }],
    ['the page list as a client', { ...SUBMIT, clientId: 'pages' }],
    ['a version below 0', { ...SUBMIT, version: -1 }],
    ['a version that is no whole number', { ...SUBMIT, version: 0.5 }],
    ['a version beyond the safe numbers', { ...SUBMIT, version: 2 ** 53 }],
    ['a number as text', { ...SUBMIT, seq: '1' }],
    ['seq 0', { ...SUBMIT, seq: 0 }],
    ['an op nested a hundred thousand times', { ...SUBMIT, op: '@' }],
    ['a place nested a hundred thousand times', { ...SUBMIT, place: '@' }],
    ['a name of nothing', { ...LOGIN, name: '' }],
    ['a name of blanks', { ...LOGIN, name: ' \u3000' }],
    ['a name of characters that show nothing', { ...LOGIN, name: '\u200b\u3164' }],
    ['a name that turns the text around', { ...LOGIN, name: '\u202eevil' }],
    ['a name with a line break', { ...LOGIN, name: 'a\nb' }],
    ['a name with half of a surrogate pair', { ...LOGIN, name: 'a\ud83d' }],
    ['a colour beyond the palette', { ...LOGIN, colour: 12 }],
    ['a key with bits to spare', { ...LOGIN, deviceKey: 'B'.repeat(43) }],
    ['a signature with bits to spare', { ...LOGIN, signature: 'B'.repeat(86) }],
    ['a token that is too long', { type: 'createRoom', title: 'x', token: 'x'.repeat(201) }],
    ['a token of an invite that is too long', { type: 'join', roomId: ID, invite: 'x'.repeat(4_097) }],
    ['a role in the room that is none', { type: 'setRole', deviceId: ID, pageId: null, role: null }],
    ['the role of an owner', { type: 'setRole', deviceId: ID, pageId: null, role: 'owner' }],
    ['a role on the page list', { type: 'setRole', deviceId: ID, pageId: 'pages', role: 'viewer' }],
    ['an invite for nobody', { ...INVITE, maxUses: 0 }],
    ['too many heads', { ...open(), known: Array(65).fill({ version: 0, hash: 'f'.repeat(64) }) }],
    ['too many clients', { ...open(), clients: Array(65).fill(ID) }],
  ])('L3: with %s is message-malformed', (_name, message) => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    expect(() => parseClientMessage(JSON.stringify(message).replace('"@"', deep))).toThrow(malformed)
  })

  it.each<[string, object]>([
    ['name', { ...LOGIN, name: 'x'.repeat(61) }],
    ['title', { type: 'createRoom', title: 'x'.repeat(101) }],
  ])('L3: with a %s that is too long is name-too-long', (_name, message) => {
    const tooLong = expect.objectContaining({ name: 'InkroomError', code: 'name-too-long' }) as Error
    expect(() => parseClientMessage(JSON.stringify(message))).toThrow(tooLong)
  })

  it.each<[string, object]>([
    ['the longest name, of any script', { ...LOGIN, name: '写'.repeat(60) }],
    ['an op and a place as deep as any type has them', { ...SUBMIT, op: nested(16), place: nested(16) }],
    ['the largest numbers', { ...SUBMIT, version: Number.MAX_SAFE_INTEGER, seq: Number.MAX_SAFE_INTEGER }],
    ['no place', SUBMIT],
  ])('L3: with %s is taken', (_name, message) => {
    expect(parseClientMessage(JSON.stringify(message))).toEqual(message)
  })
})

function open(): object {
  return { type: 'open', request: 1, pageId: ID, known: [], wants: 'cheapest', clients: [] }
}

/** A list with so many levels. */
function nested(levels: number): unknown {
  return levels === 0 ? 1 : [nested(levels - 1)]
}
