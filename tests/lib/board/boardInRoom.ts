import { afterEach, beforeEach, vi } from 'vitest'
import { BoardCommands } from '../../../src/renderer/board/boardCommands'
import { useBoardClipboard } from '../../../src/renderer/composables/board/useBoardClipboard'
import { useBoardPictures } from '../../../src/renderer/composables/board/useBoardPictures'
import { OpenBoardPage } from '../../../src/renderer/composables/openBoardPage'
import { FakeAssets } from '../fakeAssets'
import { FakeRoom, FakeRoomClient } from '../fakeRoomClient'
import { testApp, withSetup } from '../withApp'

const unmounts: (() => void)[] = []

/** Lets boards be shown in the tests of a file: what draws and decodes is faked, and all is unmounted after each. */
export function fakeScreen(): void {
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
}

/** A board of a room, 1000 by 800 pixels large at zoom 1, with what takes things onto it. */
export function boardInRoom(assets = new FakeAssets(), isChinese = false) {
  const app = testApp()
  if (isChinese) app.preferences.settings.value = { ...app.preferences.settings.value, locale: 'zh-CN' }
  const client = new FakeRoomClient(new FakeRoom('Room'), {
    sessionId: 's'.repeat(26),
    profile: { name: 'Anna', colour: 1 },
  })
  client.setOnline(true)
  Object.assign(client, { assets })
  const page = new OpenBoardPage(client, 'b'.repeat(26), {
    ...app.services,
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

/** What is on the clipboard when something is pasted or was copied. */
class FakeClipboard {
  readonly files: readonly File[]
  readonly texts: Map<string, string>

  constructor(files: readonly File[], texts: Readonly<Record<string, string>>) {
    this.files = files
    this.texts = new Map(Object.entries(texts))
  }

  getData(type: string): string {
    return this.texts.get(type) ?? ''
  }

  setData(type: string, text: string): void {
    this.texts.set(type, text)
  }
}

/** Presses the keys of the clipboard; returns what lies on it then. */
function clipboardEvent(
  type: 'copy' | 'paste',
  files: readonly File[] = [],
  texts: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const clipboardData = new FakeClipboard(files, texts)
  document.dispatchEvent(Object.assign(new Event(type), { clipboardData }))
  return Object.fromEntries(clipboardData.texts)
}

export function paste(files: readonly File[], texts: Readonly<Record<string, string>> = {}): void {
  clipboardEvent('paste', files, texts)
}

export function copy(): Readonly<Record<string, string>> {
  return clipboardEvent('copy')
}
