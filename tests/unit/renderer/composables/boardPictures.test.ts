import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { BoardCommands } from '../../../../src/renderer/board/boardCommands'
import { useBoardClipboard } from '../../../../src/renderer/composables/board/useBoardClipboard'
import { useBoardPictures } from '../../../../src/renderer/composables/board/useBoardPictures'
import { OpenBoardPage } from '../../../../src/renderer/composables/openBoardPage'
import { FakeAssets } from '../../../lib/fakeAssets'
import { FakeRoom, FakeRoomClient } from '../../../lib/fakeRoomClient'
import { testApp, withSetup } from '../../../lib/withApp'

const unmounts: (() => void)[] = []
beforeEach(() => {
  // happy-dom draws and decodes nothing.
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue({
    measureText: (text: string) => ({ width: text.length * 8 }),
  } as never)
  vi.stubGlobal('createImageBitmap', async (blob: Blob) => {
    if ((await blob.text()).includes('damaged')) throw new DOMException('no picture', 'InvalidStateError')
    return { width: 40, height: 30, close: () => undefined }
  })
})
afterEach(() => {
  for (const unmount of unmounts.splice(0)) unmount()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
  document.body.replaceChildren()
})

const GIF_HEAD = Uint8Array.from([0x47, 0x49, 0x46, 0x38, 0x39, 0x61, 40, 0, 30, 0, 0, 0, 0])
const gif = (name: string, words = ''): File => new File([GIF_HEAD, words], name, { type: 'image/gif' })

function boardWithPictures(assets = new FakeAssets(), isChinese = false) {
  const app = testApp()
  if (isChinese) app.preferences.settings.value = { ...app.preferences.settings.value, locale: 'zh-CN' }
  const client = new FakeRoomClient(new FakeRoom('Room'), {
    sessionId: 's'.repeat(26),
    profile: { name: 'Anna', colour: 1 },
  })
  client.setOnline(true)
  Object.assign(client, { assets })
  const page = new OpenBoardPage(client, 'b'.repeat(26), {
    randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
  })
  const host = document.createElement('div')
  host.tabIndex = 0
  document.body.append(host)
  host.focus()
  const { editor } = page.edit()
  editor.size = { width: 1000, height: 800 }
  const { result, unmount } = withSetup(app, () => {
    const pictures = useBoardPictures(() => host, page)
    const clipboard = useBoardClipboard(() => host, page, new BoardCommands(editor), pictures)
    return { pictures, clipboard }
  })
  unmounts.push(unmount)
  const toasts = (): readonly string[] => app.notices.toasts.value.map(({ text }) => text)
  return { app, page, editor, assets, toasts, ...result }
}

function paste(files: readonly File[], texts: Readonly<Record<string, string>> = {}): void {
  const data = { files, getData: (type: string) => texts[type] ?? '' }
  document.dispatchEvent(Object.assign(new Event('paste'), { clipboardData: data }))
}

describe('pictures on a board', () => {
  it('pasted several at once lie side by side, selected', async () => {
    const { editor, assets } = boardWithPictures()
    paste([gif('Lake.gif', '1'), gif('image.gif', '2')])
    await vi.waitFor(() => expect(editor.board.ordered).toHaveLength(2))
    expect(assets.added).toHaveLength(2)
    expect(editor.selected).toHaveLength(2)
    const [a, b] = editor.board.ordered
    expect(a).toMatchObject({ type: 'image', label: 'Lake' })
    expect((b?.x ?? 0) - (a?.x ?? 0)).toBeGreaterThan(a?.box.width ?? 0)
  })

  it('that are refused are named with what is wrong, and the others still go in', async () => {
    const { editor, pictures, toasts } = boardWithPictures()
    await pictures.take([gif('good.gif'), gif('bad.gif', 'damaged'), new File(['damaged'], 'notes.svg')])
    expect(editor.board.ordered).toHaveLength(1)
    expect(toasts()).toHaveLength(2)
    expect(toasts()[0]).toMatch(/^“bad\.gif” was not added\. .*PNG, JPEG, GIF or WebP/)
    expect(toasts()[1]).toContain('“notes.svg”')
  })

  it('that are refused in numbers are told of together, in the chosen language', async () => {
    const { pictures, toasts } = boardWithPictures(new FakeAssets(), true)
    await pictures.take(['a.gif', 'b.gif', 'c.gif'].map((name) => gif(name, 'damaged')))
    expect(toasts()).toHaveLength(1)
    expect(toasts()[0]).toContain('a.gif, b.gif, c.gif')
    expect(toasts()[0]).toContain('未添加')
  })

  it('are not taken from who may only read', async () => {
    const { editor, pictures, assets } = boardWithPictures()
    editor.canWrite.set(false)
    await pictures.take([gif('a.gif')])
    expect(assets.added).toEqual([])
  })

  it('dropped are taken; what a board has no use for is left to become pages', async () => {
    const { page, editor } = boardWithPictures()
    const others = page.takeDropped?.([gif('a.gif'), new File(['words'], 'notes.md')], { x: 10, y: 10 })
    expect(others?.map(({ name }) => name)).toEqual(['notes.md'])
    await vi.waitFor(() => expect(editor.board.ordered).toHaveLength(1))
  })

  it('come along with shapes from another room', async () => {
    const bytes = new TextEncoder().encode('a picture of another room')
    const assets = new FakeAssets(new Map([['far', bytes]]))
    const { editor } = boardWithPictures(assets)
    const props = { x: 0, y: 0, width: 40, height: 30, asset: 'far' }
    paste([], {
      'text/plain': `{"type":"inkroom/shapes","records":${JSON.stringify({ p: { kind: 'image', props } })}}`,
    })
    await vi.waitFor(() => expect(assets.added).toHaveLength(1))
    expect(assets.added[0]?.bytes).toEqual(bytes)
    expect(editor.board.ordered).toMatchObject([{ type: 'image', assetId: 'far' }])
  })

  it('dropped as a drawing are imported; a file that is none says what is wrong with it', async () => {
    const { page, editor, toasts } = boardWithPictures()
    const rectangle = { id: 'r', type: 'rectangle', x: 0, y: 0, width: 40, height: 30 }
    const drawing = JSON.stringify({ type: 'excalidraw', elements: [rectangle] })
    page.takeDropped?.([new File([drawing], 'plan.excalidraw')], { x: 0, y: 0 })
    await flushPromises()
    expect(editor.board.ordered).toHaveLength(1)
    page.takeDropped?.([new File(['{"type":"excal'], 'cut.excalidraw')], { x: 0, y: 0 })
    await flushPromises()
    expect(toasts().at(-1)).toMatch(/^“cut\.excalidraw” is no Excalidraw drawing: .*not JSON/)
    expect(editor.board.ordered).toHaveLength(1)
  })
})
