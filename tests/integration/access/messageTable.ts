import type { ClientMessage } from '../../../src/shared/protocol/clientMessages'
import type { ErrorCode } from '../../../src/shared/protocol/errors'
import { newId, type Message } from '../documentClient/connection'
import type { AccessRoom, Person, Seat } from './accessRoom'

/** `yes`: it is done. Otherwise the code with which the server answers. */
export type Outcome = 'yes' | ErrorCode

export interface Try {
  readonly type: ClientMessage['type']
  /** What makes it another try of the same type. */
  readonly way?: string
  /** As somebody would send it who may. */
  readonly message: (room: AccessRoom, sender: Person) => Omit<Message, 'type'>
  /** Types of messages that answer it where it is done; without them nothing does. */
  readonly answers?: readonly string[]
  /** Whether the database changes where it is done. */
  readonly writes?: true
  readonly expected: Readonly<Record<Seat, Outcome>>
}

const [NO, TURN] = ['not-allowed', 'out-of-turn'] as const

const OUTSIDE: Record<Exclude<Seat, Inside>, Outcome> = {
  waiting: TURN,
  removed: TURN,
  banned: TURN,
  stranger: TURN,
  nobody: TURN,
}
type Inside = 'owner' | 'editor' | 'commenter' | 'viewer' | 'pageEditor' | 'pageViewer'

const inside = (outcome: Outcome): Record<Inside, Outcome> => ({
  owner: outcome,
  editor: outcome,
  commenter: outcome,
  viewer: outcome,
  pageEditor: outcome,
  pageViewer: outcome,
})
const MEMBERS = { ...inside('yes'), ...OUTSIDE }
const OWNERS = { ...inside(NO), ...OUTSIDE, owner: 'yes' } as const
/** Those who write on at least one page get `done`. */
const writersAnywhere = (done: Outcome): Record<Seat, Outcome> => ({
  ...inside(done),
  ...OUTSIDE,
  commenter: NO,
  viewer: NO,
})
/** Those who write on the page get `done`. */
const writersOfPage = (done: Outcome): Record<Seat, Outcome> => ({
  ...writersAnywhere(done),
  pageViewer: NO,
})

const HASH = 'f'.repeat(64)
const SIGNATURE = `${'A'.repeat(85)}A`

/** A submission that fits the page as the sender has opened it. */
const edit = (person: Person, pageId: string, op: unknown): Omit<Message, 'type'> => ({
  pageId,
  ...(person.heads.get(pageId) ?? { version: 0, hash: HASH }),
  clientId: person.clientId,
  after: 0,
  seq: 1,
  op,
})

/** What everybody may send, and what becomes of it. A test asks that no type of message is missing. */
export const TRIES: readonly Try[] = [
  {
    type: 'login',
    message: (_room, { connection, device }) => ({
      protocol: 1,
      windowId: newId(),
      audience: connection.audience,
      deviceKey: device.publicKey,
      signature: SIGNATURE,
      challenge: newId(),
      name: 'Eve',
      colour: 0,
    }),
    expected: { ...inside(TURN), ...OUTSIDE, nobody: 'login-failed' },
  },
  {
    type: 'createRoom',
    message: () => ({ title: 'Mine' }),
    expected: {
      ...inside('room-creation-refused'),
      waiting: 'room-creation-refused',
      removed: 'room-creation-refused',
      banned: 'room-creation-refused',
      stranger: 'room-creation-refused',
      nobody: TURN,
    },
  },
  {
    type: 'join',
    message: ({ roomId }) => ({ roomId }),
    answers: ['joined', 'waiting'],
    expected: { ...inside(TURN), ...OUTSIDE, removed: 'yes', banned: 'banned', stranger: 'yes' },
  },
  {
    type: 'knock',
    message: ({ roomId }) => ({ roomId }),
    answers: ['knocked'],
    expected: {
      ...inside('yes'),
      waiting: 'yes',
      removed: 'yes',
      banned: 'banned',
      stranger: 'yes',
      nobody: TURN,
    },
  },
  {
    type: 'leave',
    message: () => ({}),
    answers: ['left'],
    expected: { ...MEMBERS, waiting: 'yes' },
  },
  { type: 'closeRoom', message: () => ({}), answers: ['roomClosed'], writes: true, expected: OWNERS },
  {
    type: 'profile',
    message: () => ({ name: 'Eve', colour: 1 }),
    expected: {
      ...inside('yes'),
      waiting: 'yes',
      removed: 'yes',
      banned: 'yes',
      stranger: 'yes',
      nobody: TURN,
    },
  },
  {
    type: 'open',
    message: ({ pageId }, { clientId }) => ({
      request: 7,
      pageId,
      known: [],
      wants: 'cheapest',
      clients: [clientId],
    }),
    answers: ['opened'],
    expected: MEMBERS,
  },
  {
    type: 'closePage',
    message: ({ pageId }) => ({ pageId }),
    answers: ['closedPage'],
    expected: MEMBERS,
  },
  {
    type: 'submit',
    way: 'to a page',
    message: ({ pageId }, sender) => edit(sender, pageId, ['Hello']),
    answers: ['updates'],
    writes: true,
    expected: writersOfPage('yes'),
  },
  {
    type: 'submit',
    way: 'to the page list',
    message: (_room, sender) =>
      edit(sender, 'pages', {
        [newId()]: { put: { kind: 'page', props: { kind: 'text', order: 'a1' }, texts: { title: 'New' } } },
      }),
    answers: ['updates'],
    writes: true,
    expected: { ...writersAnywhere('yes'), pageEditor: NO },
  },
  {
    type: 'presence',
    message: ({ pageId }, { heads }) => ({ pageId, version: heads.get(pageId)?.version ?? 0, place: [0, 0] }),
    expected: MEMBERS,
  },
  {
    type: 'handBack',
    message: ({ pageId }, { heads }) => ({
      pageId,
      after: heads.get(pageId) ?? { version: 0, hash: HASH },
      updates: [],
      head: { version: 1, hash: HASH, signature: SIGNATURE },
      more: false,
    }),
    answers: ['handedBack'],
    expected: writersOfPage('history-unproven'),
  },
  {
    type: 'assetOffer',
    message: () => ({ assetId: HASH, size: 100 }),
    answers: ['assetWanted'],
    expected: writersAnywhere('yes'),
  },
  {
    type: 'assetPiece',
    message: () => ({ assetId: 'e'.repeat(64), index: 0, data: 'AAAA' }),
    answers: ['assetWanted'],
    expected: writersAnywhere('upload-unknown'),
  },
  {
    type: 'assetGet',
    message: () => ({ assetId: 'd'.repeat(64), index: 0 }),
    answers: ['assetMissing'],
    expected: MEMBERS,
  },
  {
    type: 'createInvite',
    way: 'for others',
    message: () => ({ request: 9, role: 'owner', expiresAt: null, maxUses: null }),
    answers: ['invite'],
    writes: true,
    expected: OWNERS,
  },
  {
    type: 'createInvite',
    way: 'for a device of their own',
    message: () => ({ request: 9, role: 'owner', expiresAt: null, maxUses: null, ownDevice: true }),
    answers: ['invite'],
    writes: true,
    expected: MEMBERS,
  },
  {
    type: 'inviteToken',
    way: 'of an invite for others',
    message: ({ inviteId }) => ({ request: 9, inviteId }),
    answers: ['invite'],
    expected: OWNERS,
  },
  {
    type: 'inviteToken',
    way: 'of an invite for a device of the owner',
    message: ({ ownInviteId }) => ({ request: 9, inviteId: ownInviteId }),
    answers: ['invite'],
    expected: OWNERS,
  },
  {
    type: 'revokeInvite',
    way: 'for others',
    message: ({ inviteId }) => ({ inviteId }),
    writes: true,
    expected: OWNERS,
  },
  {
    type: 'revokeInvite',
    way: 'for a device of the owner',
    message: ({ ownInviteId }) => ({ inviteId: ownInviteId }),
    writes: true,
    expected: OWNERS,
  },
  {
    type: 'setPolicy',
    message: () => ({ policy: { strangers: 'admit', invited: 'admit', role: 'editor' } }),
    writes: true,
    expected: OWNERS,
  },
  {
    type: 'admit',
    way: 'somebody',
    message: ({ knocking }) => ({ deviceId: knocking, role: 'editor' }),
    writes: true,
    expected: OWNERS,
  },
  {
    type: 'admit',
    way: 'oneself',
    message: (_room, { deviceId }) => ({ deviceId, role: 'editor' }),
    expected: OWNERS,
  },
  {
    type: 'setRole',
    way: 'in the room',
    message: ({ target }) => ({ deviceId: target, pageId: null, role: 'viewer' }),
    writes: true,
    expected: OWNERS,
  },
  {
    type: 'setRole',
    way: 'on a page',
    message: ({ target, pageId }) => ({ deviceId: target, pageId, role: 'viewer' }),
    writes: true,
    expected: OWNERS,
  },
  {
    type: 'setRole',
    way: 'of oneself',
    message: (_room, { deviceId }) => ({ deviceId, pageId: null, role: 'editor' }),
    expected: { ...OWNERS, owner: 'last-owner' },
  },
  {
    type: 'removeMember',
    way: 'somebody',
    message: ({ target }) => ({ deviceId: target, ban: false }),
    writes: true,
    expected: OWNERS,
  },
  {
    type: 'removeMember',
    way: 'for ever',
    message: ({ target }) => ({ deviceId: target, ban: true }),
    writes: true,
    expected: OWNERS,
  },
  {
    type: 'removeMember',
    way: 'the owner',
    message: ({ people }) => ({ deviceId: people.owner.deviceId, ban: true }),
    expected: { ...OWNERS, owner: NO },
  },
  {
    type: 'unban',
    message: ({ people }) => ({ deviceId: people.banned.deviceId }),
    writes: true,
    expected: OWNERS,
  },
]
