import { expect, test } from '@playwright/test'
import Database from 'better-sqlite3'
import { once } from 'node:events'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { dirname, join } from 'node:path'
import { MAX_NAME_LENGTH } from '../../src/shared/protocol/values'
import { startAppFor, type AppUser } from './lib/appUser'
import { GuestBrowser } from './lib/guestBrowser'
import type { Participant } from './lib/participant'
import { startTestRoom, throughPort, type TestRoom } from './lib/testRoom'

const UNKNOWN_ROOM = 'a'.repeat(32)
/** `PRAGMA application_id` of the databases: "INKR" for rooms, "INKC" for copies of them. */
const ROOMS_ID = 0x494e4b52
const COPIES_ID = 0x494e4b43

let room: TestRoom
let browser: GuestBrowser

test.beforeAll(async () => {
  ;[room, browser] = await Promise.all([startTestRoom(), GuestBrowser.launch()])
})

test.afterAll(async () => {
  await browser?.close()
  await room?.server.stop()
})

for (const locale of ['en', 'zh-CN'] as const) {
  test.describe(`links that lead nowhere, in ${locale}`, () => {
    let user: AppUser
    let person: Participant

    test.beforeAll(async () => {
      user = await startAppFor('Anna', { locale })
      person = user.person
    })
    test.afterAll(() => user?.app.dispose())

    test('text that is no link is said to be none, and the person may go on typing', async () => {
      const { page, texts } = person
      await person.pasteLink('')
      await expect(person.says(texts.t('home.linkEmpty'))).toBeVisible()
      for (const garbage of ['hello', 'http://127.0.0.1:1/rooms/x', 'javascript:alert(1)', `${room.link}x`]) {
        await person.pasteLink(garbage)
        await expect(person.says(texts.t('home.linkWrong'))).toBeVisible()
        await expect(page.getByTestId('home-join-input')).toHaveValue(garbage)
      }
    })

    test('a room that the server does not know is refused with what to do', async () => {
      await person.pasteLink(`${room.server.origin}/room/${UNKNOWN_ROOM}`)
      await person.isInState('refused')
      await isToldWhy(person, 'room-unknown')
      await goHome(person)
    })

    test('the same in a browser', async () => {
      const guest = await browser.open(`${room.server.origin}/room/${UNKNOWN_ROOM}`, { locale })
      await guest.introduce('Ben')
      await guest.isInState('refused')
      await isToldWhy(guest, 'room-unknown')
    })

    test('a server that is not there is tried again, and the person is told so', async () => {
      const port = await freePort()
      await person.pasteLink(throughPort(room.link, port))
      await person.isInState('reconnecting')
      await expect(person.status).toContainText(person.texts.withAny('status.reconnecting', 'seconds'))
      await person.leave()
    })
  })
}

test.describe('hosting where something is in the way', () => {
  let user: AppUser | undefined

  test.afterEach(async () => {
    await user?.app.dispose()
    user = undefined
  })

  test('takes the next port where another program has its own', async () => {
    const other = await holdPort()
    const { port } = other.address() as AddressInfo
    try {
      user = await startAppFor(
        'Anna',
        {},
        {
          prepare: (userData) =>
            writeFile(join(userData, 'hosting.json'), JSON.stringify({ port, rooms: [] })),
        },
      )
      await user.person.host()
      const link = new URL(await user.person.invitation())
      expect(Number(link.port)).toBeGreaterThan(port)
      const guest = await browser.join(link.href, 'Ben')
      await guest.isConnected()
      await guest.page.close()
    } finally {
      other.close()
    }
  })

  for (const { code, locale, make } of [
    { code: 'database-corrupt', locale: 'en', make: makeGarbage },
    { code: 'database-too-new', locale: 'zh-CN', make: newer(ROOMS_ID) },
  ] as const) {
    test(`says ${code} in ${locale} where the stored rooms are that, and leaves them as they are`, async () => {
      user = await startAppFor('Anna', { locale }, { prepare: (userData) => make(roomDatabase(userData)) })
      const { app, person } = user
      const before = await readFile(roomDatabase(app.userData))
      await person.page.getByTestId('home-host').click()
      await expect(person.page.getByRole('alert').getByText(person.texts.error(code)).first()).toBeVisible()
      expect((await readFile(roomDatabase(app.userData))).equals(before)).toBe(true)
      // The app itself goes on: rooms of others can be joined.
      await person.join(room.link)
      await person.leave()
    })
  }

  for (const { code, make } of [
    { code: 'database-corrupt', make: makeGarbage },
    { code: 'database-too-new', make: newer(COPIES_ID) },
  ] as const) {
    test(`says ${code} where the copies of rooms are that, and leaves them as they are`, async () => {
      const replicas = (userData: string) => join(userData, 'replicas.sqlite')
      user = await startAppFor('Anna', {}, { prepare: (userData) => make(replicas(userData)) })
      const { app, person } = user
      const before = await readFile(replicas(app.userData))
      await expect(person.says(person.texts.error(code))).toBeVisible()
      expect((await readFile(replicas(app.userData))).equals(before)).toBe(true)
    })
  }
})

test('a name that is too long or empty is not taken, and the person is told', async () => {
  const guest = await browser.open(room.link)
  const { page, texts } = guest
  await guest.introduce('  ')
  await expect(guest.says(texts.t('profile.nameMissing'))).toBeVisible()
  await guest.introduce('x'.repeat(MAX_NAME_LENGTH + 1))
  await expect(guest.says(texts.withAny('profile.nameTooLong', 'max'))).toBeVisible()
  await guest.introduce('Ben')
  await guest.isConnected()
  await page.close()
})

async function isToldWhy(person: Participant, code: string): Promise<void> {
  const reason = person.texts.error(code)
  await expect(person.says(person.texts.t('status.refusedReason', { reason }))).toBeVisible()
}

/** Goes home from a room that has ended: nothing is asked then. */
async function goHome(person: Participant): Promise<void> {
  await person.page
    .getByRole('alert')
    .getByRole('button', { name: person.texts.t('room.home') })
    .click()
  await expect(person.page.getByTestId('home-join')).toBeVisible()
}

function roomDatabase(userData: string): string {
  return join(userData, 'rooms', 'rooms.sqlite')
}

async function makeGarbage(file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, 'this has never been a database. '.repeat(200))
}

/** What makes a database as a version of the app would that is yet to come. */
function newer(applicationId: number): (file: string) => Promise<void> {
  return async (file) => {
    await mkdir(dirname(file), { recursive: true })
    const database = new Database(file)
    database.exec('CREATE TABLE later (anything TEXT)')
    database.pragma(`application_id = ${applicationId}`)
    database.pragma('user_version = 1000')
    database.close()
  }
}

async function holdPort(): Promise<Server> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

async function freePort(): Promise<number> {
  const server = await holdPort()
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
