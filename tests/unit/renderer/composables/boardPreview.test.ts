import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { OpenBoardPage } from '../../../../src/renderer/composables/openBoardPage'
import { pageFace } from '../../../../src/renderer/composables/useTextEditor'
import { createShapes } from '../../../../src/shared/board/ops'
import type { PageEntry } from '../../../../src/shared/pages'
import { FakeRoom, FakeRoomClient } from '../../../lib/fakeRoomClient'
import { samplePng } from '../../../lib/samplePictures'
import { testApp } from '../../../lib/withApp'

const pageId = 'b'.repeat(26)
const entry = { id: pageId, kind: 'board', deleted: false } as PageEntry
const preview = { bounds: { x: 1, y: 2, width: 30, height: 40 }, bytes: samplePng(), mark: '3' }

/** Pictures that have been given back. */
let closed: number
let isDamaged: boolean
beforeEach(() => {
  closed = 0
  isDamaged = false
  vi.stubGlobal('createImageBitmap', async () => {
    if (isDamaged) throw new DOMException('no picture', 'InvalidStateError')
    return { close: () => void closed++ }
  })
})
afterEach(() => {
  vi.unstubAllGlobals()
  delete document.documentElement.dataset['theme']
})

/** A board that is being opened, on a device that has kept its picture in the light theme. */
async function opening(loadsSlowly = true) {
  const app = testApp()
  const client = new FakeRoomClient(new FakeRoom('Room'), {
    sessionId: 's'.repeat(26),
    profile: { name: 'Anna', colour: 1 },
    loadsSlowly,
  })
  await app.platform.previews.put({ roomId: client.roomId, pageId, theme: 'light' }, preview)
  const page = new OpenBoardPage(client, pageId, app.services)
  const load = (): void => {
    const state = client.pages.get(pageId)?.saveState
    state?.set({ ...state.value, loaded: true })
  }
  return { app, client, page, load, face: () => pageFace(entry, page) }
}

describe('the picture of a board that is being opened', () => {
  it('is there before the board, which waits until it has been seen', async () => {
    const { page, load, face } = await opening()
    await flushPromises()
    expect(page.preview.value?.bounds).toEqual(preview.bounds)
    load()
    expect(face()).toBe('loading')
    page.previewSeen()
    expect(face()).toBe('board')
  })

  it('is known by what it shows, as far as that has a version, all its fonts and no pictures', async () => {
    const fonts = { status: 'loaded' }
    Object.defineProperty(document, 'fonts', { value: fonts, configurable: true })
    document.documentElement.lang = 'en'
    const letters = { measureText: (text: string) => ({ width: text.length }) }
    const context = vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(letters as never)
    onTestFinished(() => context.mockRestore())
    const { client, page } = await opening(false)
    await flushPromises()
    client.setOnline(true)
    const { previews } = page
    expect([previews.kept('light'), previews.kept('dark')]).toEqual(['3', undefined])
    const { doc } = page.edit().editor
    expect(previews.mark()).toBe('0 en')
    doc.edit(createShapes(doc.board, [{ id: 'box', type: 'rectangle', width: 10, height: 10 }]))
    expect(previews.mark()).toBe('1 en')
    await previews.keep('light', preview.bounds, preview.bytes, '1 en')
    expect(previews.kept('light')).toBe('1 en')
    client.setOnline(false)
    doc.edit(createShapes(doc.board, [{ id: 'circle', type: 'ellipse', width: 10, height: 10 }]))
    expect(previews.mark()).toBeUndefined()
    client.setOnline(true)
    expect(previews.mark()).toBe('2 en')
    document.documentElement.lang = 'zh-CN'
    expect(previews.mark()).toBe('2 zh-CN')
    fonts.status = 'loading'
    expect(previews.mark()).toBeUndefined()
    fonts.status = 'loaded'
    doc.edit(createShapes(doc.board, [{ id: 'photo', type: 'image', width: 10, height: 10 }]))
    expect(previews.mark()).toBeUndefined()
  })

  it('is not waited for where there is none, or none that can be shown', async () => {
    document.documentElement.dataset['theme'] = 'dark'
    const other = await opening()
    await flushPromises()
    other.load()
    expect([other.page.preview.value, other.face()]).toEqual([undefined, 'board'])

    delete document.documentElement.dataset['theme']
    isDamaged = true
    const damaged = await opening()
    await flushPromises()
    damaged.load()
    expect([damaged.page.preview.value, damaged.face()]).toEqual([undefined, 'board'])
  })

  it('is not waited for longer than a moment', async () => {
    // Nothing is drawn here: it is never seen.
    const { app, load, face } = await opening()
    load()
    expect(face()).toBe('loading')
    app.clock.advance(1_500)
    expect(face()).toBe('board')
  })

  it('is not asked for where the board is there at once', async () => {
    const { page, face } = await opening(false)
    expect(face()).toBe('board')
    await flushPromises()
    expect(page.preview.value).toBeUndefined()
  })

  it('is given back when the board is seen, or closed before', async () => {
    const seen = await opening()
    await flushPromises()
    seen.page.dropPreview()
    expect([closed, seen.page.preview.value]).toEqual([1, undefined])
    const left = await opening()
    await flushPromises()
    await left.page.close()
    expect(closed).toBe(2)
  })
})
