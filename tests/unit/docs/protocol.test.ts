import { describe, expect, it } from 'vitest'
import { EXPULSIONS, FINAL_ERRORS } from '../../../src/client/connection/finalErrors'
import { joseTokens } from '../../../src/server/access/inviteTokens'
import { DEFAULT_LIMITS } from '../../../src/server/core/serverLimits'
import { DEFAULT_TRANSPORT_LIMITS } from '../../../src/server/transport/transportLimits'
import {
  ASSET_PIECE_BYTES,
  MAX_ASSET_BYTES,
  MAX_ASSET_PIXELS,
  MAX_ASSET_SIDE,
  MAX_UNANSWERED_ASSET_MESSAGES,
} from '../../../src/shared/assets/limits'
import { MAX_TOKEN_LENGTH, MAX_TOKEN_ORIGINS } from '../../../src/shared/access/inviteToken'
import { MAX_PAGE_ROLES } from '../../../src/shared/access/roomAccess'
import {
  createKeyPair,
  idOfPublicKey,
  loginText,
  roomProofText,
  sign,
  verify,
} from '../../../src/shared/identity/keys'
import { MAX_PLACE } from '../../../src/shared/ot/places'
import { textType } from '../../../src/shared/ot/text'
import {
  clientMessageSchema,
  MAX_KNOWN_HEADS,
  MAX_OPEN_CLIENTS,
  type ClientMessage,
} from '../../../src/shared/protocol/clientMessages'
import { ERRORS } from '../../../src/shared/protocol/errors'
import { parseClientMessage, parseServerMessage } from '../../../src/shared/protocol/parse'
import { serverMessageSchema, type ServerMessage } from '../../../src/shared/protocol/serverMessages'
import {
  MAX_NAME_LENGTH,
  MAX_NESTING,
  MAX_ROOM_TITLE_LENGTH,
  PALETTE_SIZE,
} from '../../../src/shared/protocol/values'
import { firstHash, headText, nextHash } from '../../../src/shared/update'
import { jsonBlocks, readDocument, sectionsOf, tableRows } from './markdown'

const DOCUMENT = readDocument('docs/PROTOCOL.md')
const SECTIONS = sectionsOf(DOCUMENT, 2)
const sectionOf = (number: number): string =>
  SECTIONS.find(({ heading }) => heading.startsWith(`${number} `))?.text ?? ''
/** A section without its line breaks. */
const proseOf = (number: number): string => sectionOf(number).replace(/\s+/g, ' ')

type Side = 'client' | 'server'
const MESSAGES = { client: clientMessageSchema.options, server: serverMessageSchema.options }

/** The sections of messages: which side sends it, its type, its text. */
const DOCUMENTED = [sectionOf(5), sectionOf(6)].flatMap((part) =>
  sectionsOf(part, 3).flatMap(({ heading, text }) => {
    const match = /^\d+\.\d+ `(\w+)` \((client|server)\)$/.exec(heading)
    return match === null ? [] : [{ type: match[1] ?? '', side: match[2] as Side, text }]
  }),
)

describe('docs/PROTOCOL.md', () => {
  it.each<Side>(['client', 'server'])('W1: describes every message of the %s, and no other', (side) => {
    const documented = DOCUMENTED.filter((each) => each.side === side).map(({ type }) => type)
    expect(documented.sort()).toEqual(MESSAGES[side].map(({ shape }) => shape.type.value).sort())
  })

  it.each(DOCUMENTED)(
    'W1: describes every field of $type ($side), and which may be missing',
    ({ type, side, text }) => {
      const { shape } = MESSAGES[side].find((option) => option.shape.type.value === type) ?? { shape: {} }
      const expected = Object.entries(
        shape as Record<string, { safeParse(value: unknown): { success: boolean } }>,
      )
        .filter(([name]) => name !== 'type')
        .map(([name, schema]) => {
          // Places and ops may be anything at all, so that missing is refused elsewhere.
          const isAnything = schema.safeParse(Symbol('anything')).success
          return isAnything ? name : `${name}${schema.safeParse(undefined).success ? '?' : ''}`
        })
      const documented = tableRows(text).map(([name = '']) => name.replaceAll('`', ''))
      expect(documented.map((name) => name.replace(/^place\?$/, 'place'))).toEqual(expected)
    },
  )

  it.each(DOCUMENTED)(
    'W1: has an example of $type ($side) that is one, field by field',
    ({ type, side, text }) => {
      const [example, ...more] = jsonBlocks(text)
      const json = JSON.parse(example ?? '') as ClientMessage | ServerMessage
      const message =
        side === 'client' ? parseClientMessage(example ?? '') : parseServerMessage(example ?? '')
      expect([message.type, message, more]).toEqual([type, json, []])
    },
  )

  it('W3: has the table of errors that the source has', () => {
    const rows = tableRows(sectionOf(16)).map(([code = '', closes, means]) => [
      code.replaceAll('`', ''),
      closes,
      means,
    ])
    const expected = Object.entries(ERRORS).map(([code, error]) => [
      code,
      'closes' in error ? String(error.closes) : '',
      error.means,
    ])
    expect(rows).toEqual(expected)
  })

  it('L3: has the limits that the source has', () => {
    const limits = tableRows(sectionOf(17)).map(([, value = '']) => [...value.matchAll(/\d+/g)].map(Number))
    const { maxFrameBytes, maxOpLength, maxPageLength, maxPages, maxSessionsPerRoom, maxRooms } =
      DEFAULT_LIMITS
    const { maxEditorsPerRoom, maxMembersPerRoom, maxInvitesPerRoom, maxKeptPages } = DEFAULT_LIMITS
    const { maxDevicesPerPerson, maxWaitingPerRoom, maxPageRolesPerRoom } = DEFAULT_LIMITS
    const { maxOpenPages, maxQueuedMessages, maxQueuedLength, loginTimeoutMs, maxPlaceLength } =
      DEFAULT_LIMITS
    expect(limits.flat()).toEqual([
      maxFrameBytes,
      maxOpLength,
      maxPageLength,
      maxPages,
      maxKeptPages,
      maxSessionsPerRoom,
      maxEditorsPerRoom,
      maxMembersPerRoom,
      maxDevicesPerPerson,
      maxInvitesPerRoom,
      maxWaitingPerRoom,
      maxPageRolesPerRoom,
      MAX_PAGE_ROLES,
      MAX_TOKEN_LENGTH,
      maxRooms,
      maxOpenPages,
      maxQueuedMessages,
      maxQueuedLength,
      loginTimeoutMs,
      DEFAULT_LIMITS.joinTimeoutMs,
      DEFAULT_LIMITS.waitTimeoutMs,
      MAX_ASSET_BYTES,
      MAX_ASSET_PIXELS,
      MAX_ASSET_SIDE,
      DEFAULT_LIMITS.maxAssetsPerRoom,
      DEFAULT_LIMITS.maxAssetBytesPerRoom,
      DEFAULT_LIMITS.maxUploadsPerDevice,
      DEFAULT_LIMITS.maxUploadsPerRoom,
      MAX_UNANSWERED_ASSET_MESSAGES,
      maxPlaceLength,
    ])
    const pictures = proseOf(19)
    expect(pictures).toContain(`pieces** of ${ASSET_PIECE_BYTES} bytes`)
    expect(pictures).toContain(`after ${DEFAULT_LIMITS.uploadStaleMs / 60_000} minutes`)
    expect(pictures).toContain(`more than ${DEFAULT_LIMITS.maxSoughtAssets} others`)
    expect(pictures).toContain(`than ${MAX_UNANSWERED_ASSET_MESSAGES} messages`)
    expect(proseOf(17)).toContain(`more than ${DEFAULT_LIMITS.maxBufferedBytes} bytes`)
    expect(proseOf(8)).toContain(`more than ${DEFAULT_LIMITS.keepHeads.toLocaleString('en')} updates`)
    const values = proseOf(2)
    expect(values).toContain(`1 to ${MAX_NAME_LENGTH} UTF-16 units`)
    expect(values).toContain(`1 to ${MAX_ROOM_TITLE_LENGTH} UTF-16 units`)
    expect(values).toContain(`from 0 to ${PALETTE_SIZE - 1}`)
    expect(values).toContain(`At most ${MAX_NESTING} levels`)
    expect(values).toContain(`at most ${MAX_PLACE} positions`)
    expect(proseOf(5)).toContain(`list of at most ${MAX_KNOWN_HEADS} _head_`)
    expect(proseOf(5)).toContain(`list of at most ${MAX_OPEN_CLIENTS} _id_`)
    expect(proseOf(20)).toContain(`1 to ${MAX_TOKEN_ORIGINS} origins`)
  })

  it('L4: has the rates of a connection, and what costs more than a message', () => {
    const rates = proseOf(1)
    const { messagesPerSecond, messageBurst, bytesPerSecond, byteBurst, maxPauseMs } =
      DEFAULT_TRANSPORT_LIMITS
    expect(rates).toContain(`${messagesPerSecond} messages a second on average and`)
    expect(rates).toContain(`${messageBurst.toLocaleString('en')} at once`)
    expect(rates).toContain(`${bytesPerSecond / 2 ** 20} MiB a second, ${byteBurst / 2 ** 20} MiB at once`)
    expect(rates).toContain(`more than ${maxPauseMs / 1000} s`)
    expect(rates).toContain(`more than ${DEFAULT_LIMITS.maxUnreadBytes / 2 ** 20} MiB wait`)
    const told = [...rates.matchAll(/((?:`\w+`(?:, | and )?)+) (?:count )?as (\d+)/g)].flatMap(
      ([, types = '', cost]) => [...types.matchAll(/(?<=`)\w+(?=`)/g)].map(([type]) => [type, Number(cost)]),
    )
    expect(Object.fromEntries(told)).toEqual(DEFAULT_LIMITS.messageCosts)
  })

  it('K5: names the errors after which nobody tries again by themselves', () => {
    const [, before = '', after = ''] = /Before `joined`: (.*?)\. After it: (.*?)\./.exec(proseOf(15)) ?? []
    const codesIn = (text: string): string[] =>
      [...text.matchAll(/`([a-z-]+)`/g)].map(([, code = '']) => code).sort()
    expect(codesIn(before)).toEqual([...FINAL_ERRORS].sort())
    expect(codesIn(after)).toEqual([...EXPULSIONS].sort())
  })

  it('K1: has the times of liveness that the source has', () => {
    const { pingEveryMs, deadAfterMs } = DEFAULT_TRANSPORT_LIMITS
    expect(proseOf(15)).toContain(`ping every ${pingEveryMs / 1000} s`)
    expect(proseOf(15)).toContain(`for ${deadAfterMs / 1000} s`)
    expect(jsonBlocks(sectionOf(6))[0]).toContain(`"heartbeatMs": ${DEFAULT_LIMITS.heartbeatMs}`)
  })

  it('W7: has values to test with that are right', async () => {
    const [device, room] = [1, 2].map((value) => createKeyPair(() => new Uint8Array(32).fill(value)))
    const examples = new Map(
      DOCUMENTED.map(({ type, side, text }) => [
        `${side} ${type}`,
        (side === 'client' ? parseClientMessage : parseServerMessage)(jsonBlocks(text)[0] ?? ''),
      ]),
    )
    const login = examples.get('client login')
    const greeting = examples.get('server greeting')
    const first = examples.get('client handBack')
    const later = examples.get('server updates')
    if (device === undefined || room === undefined) throw new Error('no keys')
    if (login?.type !== 'login' || greeting?.type !== 'greeting') throw new Error('no login')
    if (first?.type !== 'handBack' || later?.type !== 'updates') throw new Error('no updates')
    const roomId = idOfPublicKey(room.publicKey)
    const { pageId } = later
    const updates = [...first.updates, ...later.updates]
    const hashes = [firstHash(roomId, pageId)]
    updates.forEach((update, index) => hashes.push(nextHash(hashes[index] ?? '', index + 1, update)))
    const signed = (version: number): string =>
      sign(headText(roomId, pageId, { version, hash: hashes[version] ?? '' }), room.privateKey)
    const values = tableRows(sectionOf(18)).map(([, value = '']) => value.replaceAll('`', ''))
    expect(values).toEqual([
      device.publicKey,
      idOfPublicKey(device.publicKey),
      room.publicKey,
      roomId,
      sign(loginText({ ...login, nonce: greeting.nonce }), device.privateKey),
      hashes[0],
      hashes[1],
      signed(1),
      hashes[2],
      hashes[3],
      signed(3),
    ])
    expect([later.hash, later.signature, first.head.hash, login.signature]).toEqual([
      hashes[3],
      signed(3),
      hashes[1],
      values[4],
    ])
    const joined = examples.get('server joined')
    if (joined?.type !== 'joined') throw new Error('no joined')
    const session = examples.get('server loggedIn')
    const { fingerprint, signature } = joined.proof
    const sessionId = session?.type === 'loggedIn' ? session.sessionId : ''
    const proof = roomProofText(login.challenge, sessionId, fingerprint)
    expect([joined.roomKey, verify(signature, proof, room.publicKey)]).toEqual([room.publicKey, true])
    const made = examples.get('server invite')
    const token = made?.type === 'invite' ? made.token : ''
    expect(await joseTokens.read(token, roomId, room.publicKey)).toMatchObject({ role: 'editor', by: 'Ada' })
    const content = updates.reduce(
      (text, { op }) => textType.apply(text, textType.parseOp(op)),
      textType.create(),
    )
    expect(textType.serialise(content)).toBe('Hello! world')
  })
})
