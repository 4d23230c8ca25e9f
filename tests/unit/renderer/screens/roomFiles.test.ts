import { flushPromises } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import HomeScreen from '../../../../src/renderer/screens/HomeScreen.vue'
import RoomScreen from '../../../../src/renderer/screens/RoomScreen.vue'
import { PlatformError } from '../../../../src/renderer/platform/platformError'
import type { PlatformTask } from '../../../../src/renderer/platform/platform'
import { FakePlatform } from '../../../lib/fakePlatform'
import { button, byTestId, item, openMenu, press, show, withLabel } from '../../../lib/onScreen'
import { onlineClient, testApp, type TestApp } from '../../../lib/withApp'

const FILE = { fileId: 'a'.repeat(26), name: 'Workshop.inkroom' }
const hosted = {
  roomId: 'b'.repeat(32),
  title: 'Workshop',
  open: true,
  links: [],
  localLink: `https://127.0.0.1:4660/room/${'b'.repeat(32)}`,
  listed: true,
}

const question = (): string | undefined =>
  document.querySelector('[role="alertdialog"]')?.textContent ?? undefined
const alertText = (): string | undefined => document.querySelector('[role="alert"]')?.textContent ?? undefined

async function homeWith(platform = new FakePlatform()): Promise<TestApp> {
  const app = testApp(platform)
  platform.nextRoomFile = FILE
  await show(app, HomeScreen)
  return app
}

/** Work that goes on until it is cancelled. */
function endless(told: PlatformTask[]): (task: PlatformTask) => Promise<void> {
  return (task) => {
    told.push(task)
    return new Promise((_, reject) => {
      task.signal.addEventListener('abort', () => reject(new PlatformError('bundle-cancelled', 'stopped')))
    })
  }
}

describe('a room’s file on the home screen', () => {
  it('Y15: is asked about before it becomes a room, and the room is entered', async () => {
    const app = await homeWith()
    await press(byTestId('home-room-file'))
    expect(question()).toContain('Make a room from “Workshop.inkroom”?')
    await press(button('Cancel'))
    expect(app.platform.openedRoomFiles).toEqual([])
    await press(byTestId('home-room-file'))
    await press(button('Open'))
    expect(app.platform.openedRoomFiles).toEqual([{ name: FILE.name, listed: false }])
    expect(app.opened[0]?.link.roomId).toBe('f'.repeat(32))
  })

  it('Y15: is announced in the network only where the person says so', async () => {
    const app = await homeWith()
    await press(byTestId('home-room-file'))
    await press(document.querySelector<HTMLElement>('[role="switch"]') ?? document.body)
    await press(button('Open'))
    expect(app.platform.openedRoomFiles).toEqual([{ name: FILE.name, listed: true }])
  })

  it('Y15: is asked about where the app was opened with it', async () => {
    await homeWith(new FakePlatform({ startRoomFile: FILE }))
    expect(question()).toContain('Workshop.inkroom')
  })

  it('Y15: is asked about when it is dropped; another file is refused with a sentence', async () => {
    await homeWith()
    await drop(new File(['# Notes'], 'notes.md'))
    expect(question()).toBeUndefined()
    expect(alertText()).toContain('not an Inkroom room')
    await drop(new File(['PK'], FILE.name))
    expect(question()).toContain('Workshop.inkroom')
    expect(alertText()).toBeUndefined()
  })

  it('Y14: shows how far it is once that takes a moment, and stops where the person says so', async () => {
    const app = await homeWith()
    const told: PlatformTask[] = []
    app.platform.roomFileWork = endless(told)
    await press(byTestId('home-room-file'))
    await press(button('Open'))
    expect(app.notices.tasks.value).toEqual([])
    app.clock.advance(300)
    const [task] = app.notices.tasks.value
    told[0]?.onProgress(0.5)
    expect(task?.text).toContain('Workshop.inkroom')
    expect(task?.done.value).toBe(0.5)
    task?.cancel()
    await flushPromises()
    expect(app.notices.tasks.value).toEqual([])
    expect(app.notices.toasts.value.map(({ text }) => text)).toEqual(['Cancelled. Nothing was changed.'])
    expect(app.opened).toEqual([])
  })

  it('U6: a broken one is refused with a sentence, which goes when it is dismissed', async () => {
    const app = await homeWith()
    app.platform.roomFileWork = () => Promise.reject(new PlatformError('bundle-damaged', 'cut'))
    await press(byTestId('home-room-file'))
    await press(button('Open'))
    expect(alertText()).toContain('damaged')
    expect(app.opened).toEqual([])
    await press(withLabel('Dismiss'))
    expect(alertText()).toBeUndefined()
  })

  it('Y14: is saved from the menu of a room of this device, and of no other', async () => {
    const joined = {
      roomId: 'c'.repeat(32),
      title: 'Theirs',
      link: `http://10.0.0.5:4600/room/${'c'.repeat(32)}`,
      hosted: false,
      lastUsed: 1,
    }
    const app = await homeWith(new FakePlatform({ hosted: [hosted], rooms: [joined] }))
    await openMenu('More for Theirs')
    expect(document.body.textContent).not.toContain('Save room as file…')
    await press(item('Open'))
    await openMenu('More for Workshop')
    await press(item('Save room as file…'))
    expect(app.platform.savedRooms).toEqual([hosted.roomId])
    expect(app.notices.toasts.value.map(({ text }) => text)).toContain('Saved as Room.inkroom')
  })

  it('is not offered in a browser', async () => {
    const app = testApp(new FakePlatform({ kind: 'web' }))
    await show(app, HomeScreen)
    expect(document.body.textContent).not.toContain('Open room file…')
  })
})

describe('a room’s file in the room', () => {
  const link = { roomId: hosted.roomId, origins: ['https://127.0.0.1:4660'] }

  it('Y14: is saved from the room’s menu and the menu bar, where the room is this device’s', async () => {
    const app = testApp()
    await show(app, RoomScreen, { room: { client: onlineClient(), link, hosted } })
    await openMenu('Room menu')
    await press(item('Save room as file…'))
    app.platform.choose('save-room-file')
    await flushPromises()
    expect(app.platform.savedRooms).toEqual([hosted.roomId, hosted.roomId])
  })

  it('Y14: says why it could not be saved', async () => {
    const app = testApp()
    await show(app, RoomScreen, { room: { client: onlineClient(), link, hosted } })
    app.platform.roomFileWork = () => Promise.reject(new PlatformError('bundle-disk-full', 'ENOSPC'))
    app.platform.choose('save-room-file')
    await flushPromises()
    expect(alertText()).toContain('The disk is full')
  })

  it('Y14: is not offered for a room of somebody else', async () => {
    const app = testApp()
    await show(app, RoomScreen, { room: { client: onlineClient(), link, hosted: undefined } })
    expect(app.platform.menuCommands).not.toContain('save-room-file')
  })
})

async function drop(file: File): Promise<void> {
  const event = new Event('drop', { cancelable: true })
  Object.assign(event, { dataTransfer: { types: ['Files'], files: [file] }, clientX: 1, clientY: 1 })
  window.dispatchEvent(event)
  await flushPromises()
}
