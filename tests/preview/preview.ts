import { createId } from '../../src/shared/identity/keys'
import { formatRoomLink, roomLinkOfToken, type RoomLink } from '../../src/shared/roomLink'
import { FAKE_FINGERPRINT, FakeAccess } from '../lib/access/fakeAccess'
import { createPage } from '../../src/shared/pages'
import { mountApp } from '../../src/renderer/app/mount'
import type { Services } from '../../src/renderer/app/services'
import { randomBytes, systemClock } from '../../src/renderer/app/systemClock'
import type { Role } from '../../src/shared/protocol/values'
import type { Settings } from '../../src/renderer/platform/platform'
import { FakePlatform } from '../lib/fakePlatform'
import { FakeRoom, FakeRoomClient } from '../lib/fakeRoomClient'
import type { BoardPage } from '../../src/renderer/bindings/board/boardDocument'
import { fillAccess, fillNetwork } from './accessStates'
import { drawnBoard } from './drawnBoard'
import { pictureBoard } from './pictureBoard'
import { drawTen, manyShapes } from './manyShapes'
import { CHINESE_NOTES, FIELD_NOTES } from './texts'

/*
 * Parameters: screen=first|home|room|board, theme, locale, kind=web, rooms=none, role, network=quiet, startLink=ask,
 * state=online|many|pictures|offline|refused|closed|empty|loading|drafts|door|waiting|crowded|stuck|nearlyFull,
 * code= of a refusal. `window.preview` has the fakes.
 */
const query = new URLSearchParams(window.location.search)
const screen = query.get('screen') ?? 'home'
const state = query.get('state') ?? 'online'
const locale = (query.get('locale') ?? 'en') as Settings['locale']
const isChinese = locale === 'zh-CN'
const now = Date.now()
const day = 86_400_000

const settings: Settings = {
  name: screen === 'first' ? '' : isChinese ? '安娜' : 'Anna',
  colour: 7,
  locale,
  theme: (query.get('theme') ?? 'light') as Settings['theme'],
}
/** A link as another program hands it over. */
async function invitedLink(): Promise<string> {
  const access = new FakeAccess({
    role: 'owner',
    now: () => now,
    title: isChinese ? '三年二班 科学课' : 'Science, class 3b',
    by: isChinese ? '张老师' : 'Mrs Field',
  })
  const { token } = await access.createInvite({ role: 'editor', expiresAt: null, maxUses: null })
  return formatRoomLink(roomLinkOfToken(token) as RoomLink, 'inkroom')
}

const ownRoom = 'b'.repeat(32)
const platform = new FakePlatform({
  kind: query.get('kind') === 'web' ? 'web' : 'desktop',
  settings,
  hosted:
    query.get('rooms') === 'none'
      ? []
      : [
          {
            roomId: ownRoom,
            title: isChinese ? '安娜的房间' : 'Anna’s room',
            open: false,
            links: [],
            localLink: undefined,
            listed: true,
          },
        ],
  rooms:
    query.get('rooms') === 'none'
      ? []
      : [
          {
            roomId: ownRoom,
            title: isChinese ? '安娜的房间' : 'Anna’s room',
            link: `http://127.0.0.1:4600/room/${ownRoom}`,
            hosted: true,
            lastUsed: now - 3_600_000,
          },
          {
            roomId: 'c'.repeat(32),
            title: isChinese ? '每周例会' : 'Weekly planning with the whole team',
            link: `http://192.168.1.31:4600/room/${'c'.repeat(32)}`,
            hosted: false,
            lastUsed: now - 2 * day,
          },
        ],
  ...(query.get('startLink') === 'ask'
    ? { startLink: await invitedLink(), startLinkNeedsConfirmation: true }
    : {}),
  ...(screen === 'room' || screen === 'board'
    ? { startLink: `https://127.0.0.1:4600/room/${'a'.repeat(32)}#fp=${FAKE_FINGERPRINT}` }
    : {}),
})

const room = new FakeRoom(isChinese ? '海岸徒步' : 'Coast walk')
const titles = isChinese
  ? ['徒步笔记', '购物清单', '照片', 'counts.py']
  : ['Field notes', 'Shopping list', 'Photographs worth printing, by place and by date', 'counts.py']
const texts = new Map<string, string>()
if (state !== 'empty') {
  for (const [index, title] of titles.entries()) {
    const id = createId(randomBytes)
    const { pageList } = room
    pageList.content = pageList.type.apply(
      pageList.content,
      createPage(pageList.content, { id, kind: 'text', title }),
    )
    texts.set(id, index === 0 ? (isChinese ? CHINESE_NOTES : FIELD_NOTES) : `# ${title}\n`)
  }
}

/** screen=board: a board comes first. */
const boardId = createId(randomBytes)
if (screen === 'board') {
  const { pageList } = room
  const page = { id: boardId, kind: 'board', title: isChinese ? '白板' : 'Planning wall' } as const
  pageList.content = pageList.type.apply(pageList.content, createPage(pageList.content, page, 'first'))
  const hub = room.page(boardId, undefined, 'board')
  if (state !== 'empty' && state !== 'pictures') {
    hub.content = hub.type.apply(hub.content, state === 'many' ? manyShapes() : drawnBoard())
  }
}

const own = new FakeRoomClient(room, {
  sessionId: 'o'.repeat(26),
  profile: settings,
  loadsSlowly: ['loading', 'waiting', 'refused', 'stuck'].includes(state),
  now: () => now,
  role: (query.get('role') ?? 'owner') as Role,
})
fillAccess(own, { isChinese, now, atDoor: state === 'door' })
if (query.get('network') !== 'quiet') fillNetwork(platform, isChinese)
else platform.hostingStatus = { ...platform.hostingStatus, port: null, addresses: [] }
if (screen === 'board' && state === 'pictures') {
  const hub = room.page(boardId, undefined, 'board')
  hub.content = hub.type.apply(hub.content, await pictureBoard(own.assets))
}
const peers = [
  { name: isChinese ? '李雷' : 'Ben Okafor', colour: 1 },
  { name: isChinese ? '韩梅梅' : 'Carla', colour: 5 },
].map((profile, index) => {
  const client = new FakeRoomClient(room, {
    sessionId: 'pq'.charAt(index).repeat(26),
    profile,
    role: 'editor',
  })
  client.setOnline(true)
  return client
})

// Written letter by letter, so that there is a version to show.
for (const [id, text] of texts) {
  const page = peers[0]?.openPage(id, 'text')
  const start = text.slice(0, 124)
  for (const [at, letter] of [...start].entries()) page?.edit(at === 0 ? [letter] : [at, letter])
  if (text.length > start.length) page?.edit([start.length, text.slice(start.length)])
}

function start(): FakeRoomClient {
  own.setOnline(true)
  if (state === 'offline') own.setOnline(false, Date.now() + 14_000)
  if (state === 'refused')
    own.status.set({ state: 'refused', code: query.get('code') ?? 'room-unknown', detail: '' })
  if (state === 'waiting') own.status.set({ state: 'waiting' })
  if (state === 'stuck') {
    own.setOnline(false)
    own.status.set({ state: 'reconnecting', retryAt: Date.now() + 9_000, attempt: 4, reason: undefined })
  }
  if (state === 'crowded') own.access.crowded.set(true)
  if (state === 'nearlyFull')
    own.limits.set({ maxPageLength: Math.ceil((isChinese ? CHINESE_NOTES : FIELD_NOTES).length / 0.84) })
  if (state === 'closed') own.status.set({ state: 'roomClosed' })
  if (state === 'drafts') {
    own.drafts.set([
      {
        draftId: 'd',
        roomId: own.roomId,
        pageId: 'x',
        code: 'op-unfit',
        content: FIELD_NOTES,
        kind: 'text',
        time: now,
      },
    ])
  }
  return own
}

const services: Services = {
  platform,
  clock: systemClock,
  randomBytes,
  openRoom: start,
  createRoom: () => Promise.resolve({ roomId: own.roomId, origins: ['http://127.0.0.1:4600'] }),
}
Object.assign(window, {
  preview: {
    platform,
    room,
    own,
    peers,
    boardId,
    drawTen: () => drawTen(peers[0]?.openPage(boardId, 'board') as BoardPage, createId(randomBytes)),
  },
})
const element = document.getElementById('app')
if (element !== null) void mountApp(services, element)
