import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { samplePng } from '../../lib/samplePictures'
import { newId, sha256, type Connection, type Message } from '../documentClient/connection'
import { AccessRoom, AccessServer, handled, type Person, type Seat } from './accessRoom'
import { dumpRooms } from './dumpRooms'

let server: AccessServer
let room: AccessRoom
beforeAll(async () => {
  server = await AccessServer.start()
})
beforeEach(async () => {
  room = await AccessRoom.make(server)
})
afterEach(() => {
  server.disconnect()
  expect(server.errors).toEqual([])
})
afterAll(() => server.stop())

const PICTURE = Buffer.from(samplePng(4, 3, 60_000, 1))
const PICTURE_ID = sha256(PICTURE).toString('hex')
const FIRST_PIECE = {
  type: 'assetPiece',
  assetId: PICTURE_ID,
  index: 0,
  data: PICTURE.subarray(0, 49_152).toString('base64'),
}

/** Codes that a connection was told from an index on. */
const codes = ({ messages }: Connection, from = 0): unknown[] =>
  messages.slice(from).flatMap((message) => ('code' in message ? [message['code']] : []))

/** An edit of the page as somebody has opened it. */
function edit({ heads, clientId }: Person, seq: number, op: unknown): Message {
  return { type: 'submit', pageId: room.pageId, ...heads.get(room.pageId), clientId, after: seq - 1, seq, op }
}

/** Sends messages; what is stored is the same afterwards. Gives the codes of the answers. */
async function inVain({ connection }: Person, ...messages: Message[]): Promise<unknown[]> {
  const [before, from] = [dumpRooms(server.dataFolder), connection.messages.length]
  for (const message of messages) connection.send(message)
  // It may have been cut for it.
  await handled(connection).catch(() => undefined)
  // What was submitted before a page is opened is decided by then (D2).
  await room.openPages(room.people.owner)
  expect(dumpRooms(server.dataFolder)).toEqual(before)
  return codes(connection, from)
}

/** Everything that an editor sends of a working day: writes, is somewhere, adds a picture, knows an invite. */
async function work(person: Person): Promise<void> {
  const { connection } = person
  await connection.ask(edit(person, 1, ['Hello']), 'updates')
  connection.send({ type: 'presence', pageId: room.pageId, version: 1, place: [2, 2] })
  await connection.ask({ type: 'assetOffer', assetId: PICTURE_ID, size: PICTURE.length }, 'assetWanted')
  await connection.ask(FIRST_PIECE, 'assetWanted')
  await connection.ask(
    { type: 'createInvite', request: 1, role: 'editor', expiresAt: null, maxUses: null, ownDevice: true },
    'invite',
  )
}

describe('a login', () => {
  it('I13: of somebody else counts on no second connection', async () => {
    const { connection } = room.people.editor
    const recorded = connection.sent.find(({ type }) => type === 'login')
    const thief = server.connect()
    await thief.message('greeting')
    thief.send(recorded ?? { type: 'none' })
    await expect(thief.message('loggedIn')).rejects.toThrow('4401')
    expect(codes(thief)).toEqual(['login-failed'])
    expect(connection.closed).toBeUndefined()
  })

  it('I13: with the key of one device and the signature of another counts for neither', async () => {
    const [mine, theirs] = [room.people.viewer.device, room.people.owner.device]
    const thief = server.connect()
    const { publicKey } = theirs
    await expect(
      thief.logIn({ publicKey, sign: (text: string) => mine.sign(text) } as typeof mine, newId(), 'Eve'),
    ).rejects.toThrow('4401')
  })
})

describe('frames that were recorded', () => {
  const replays: [Seat, Seat][] = [
    ['editor', 'viewer'],
    ['editor', 'pageViewer'],
    ['owner', 'editor'],
    ['owner', 'viewer'],
  ]
  it.each(replays)(
    'I13: of %s change nothing when %s sends them, one by one or all at once',
    async (from, by) => {
      await work(room.people[from])
      const recorded = [...room.people[from].connection.sent]
      expect(new Set(recorded.map(({ type }) => type)).size).toBeGreaterThan(6)
      const { device } = room.people[by]
      for (const message of recorded) {
        // What the sender may do as well, with the same words: an invite for a device of their own, an upload.
        if (isTheirRightToo(message, by)) continue
        const person = await server.window(room, device)
        await inVain(person, message)
        person.connection.cut()
      }
      await inVain(
        await server.window(room, device),
        ...recorded.filter((each) => !isTheirRightToo(each, by)),
      )
    },
  )

  it('I13: of one’s own change nothing a second time', async () => {
    const { editor } = room.people
    await work(editor)
    const submits = editor.connection.sent.filter(({ type }) => type === 'submit')
    expect(await inVain(editor, ...submits, ...submits)).toEqual([])
  })

  const isTheirRightToo = ({ type, ...message }: Message, by: Seat): boolean =>
    (type === 'createInvite' && message['ownDevice'] === true) ||
    (type.startsWith('asset') && ['editor', 'pageViewer'].includes(by))
})

describe('somebody who passes for another', () => {
  it('I13: writes under no client id of theirs, known or not', async () => {
    const { editor, owner } = room.people
    await work(editor)
    const stolen = { ...owner, clientId: editor.clientId }
    expect(await inVain(owner, edit(stolen, 2, ['x']))).toEqual([])
    expect(owner.connection.messages.filter(({ type }) => type === 'outdated')).toHaveLength(1)
    await room.openPages(stolen)
    expect(await inVain(owner, edit(stolen, 2, ['x']))).toEqual(['client-taken'])
    // Whom it belongs to goes on.
    await room.openPages(editor)
    await editor.connection.ask(edit(editor, 2, [5, '!']), 'updates')
  })

  it('I13: goes on with no upload of theirs', async () => {
    await work(room.people.editor)
    const rest = PICTURE.subarray(49_152).toString('base64')
    expect(await inVain(room.people.owner, { ...FIRST_PIECE, index: 1, data: rest })).toEqual([
      'upload-unknown',
    ])
  })

  it('I13: takes over no window of theirs', async () => {
    const { editor } = room.people
    const login = editor.connection.sent.find(({ type }) => type === 'login')
    const eve = server.person()
    await eve.connection.logIn(eve.device, String(login?.['windowId']), 'Eve')
    await editor.connection.ask(edit(editor, 1, ['Hello']), 'updates')
  })
})

describe('what the room has not signed', () => {
  it('I13: lets nobody in', async () => {
    const other = await AccessRoom.make(server)
    const { token } = await other.invite({ role: 'owner' })
    const mine = await room.invite({ role: 'viewer' })
    const [head = '', claims = '', signature = ''] = mine.token.split('.')
    const better = Buffer.from(
      Buffer.from(claims, 'base64url').toString().replace('"viewer"', '"owner"'),
    ).toString('base64url')
    const unsigned = Buffer.from('{"alg":"none"}').toString('base64url')
    for (const forged of [
      token,
      `${head}.${better}.${signature}`,
      `${unsigned}.${better}.`,
      `${head}.${claims}.${token.split('.')[2]}`,
      'x',
    ]) {
      const eve = await server.loggedIn()
      eve.connection.send({ type: 'join', roomId: room.roomId, invite: forged })
      expect((await eve.connection.message('error'))['code']).toBe('invite-invalid')
    }
  })

  it('I13: is no history', async () => {
    const { editor } = room.people
    await work(editor)
    const update = { clientId: newId(), after: 0, seq: 1, author: editor.deviceId, time: 1, op: ['x'] }
    const after = editor.heads.get(room.pageId)
    const handBack = { type: 'handBack', pageId: room.pageId, after, updates: [update], more: false }
    const signature = `${'A'.repeat(85)}A`
    for (const head of [
      { version: 1, hash: 'f'.repeat(64), signature },
      { version: 1, hash: after?.hash, signature },
    ]) {
      expect(await inVain(editor, { ...handBack, head })).toEqual(['history-unproven'])
    }
  })
})
