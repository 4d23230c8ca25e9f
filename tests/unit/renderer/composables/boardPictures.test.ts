import { describe, expect, it, vi } from 'vitest'
import { boardInRoom, fakeScreen, paste } from '../../../lib/board/boardInRoom'
import { FakeAssets } from '../../../lib/fakeAssets'

fakeScreen()

const GIF_HEAD = Uint8Array.from([0x47, 0x49, 0x46, 0x38, 0x39, 0x61, 40, 0, 30, 0, 0, 0, 0])
const gif = (name: string, words = ''): File => new File([GIF_HEAD, words], name, { type: 'image/gif' })

/** What takes turns of the event loop, which are late on a busy machine. */
const until = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 30_000 })

describe('pictures on a board', () => {
  it('pasted several at once lie side by side, selected', async () => {
    const { editor, assets } = boardInRoom()
    paste([gif('Lake.gif', '1'), gif('image.gif', '2')])
    await until(() => expect(editor.board.ordered).toHaveLength(2))
    expect(assets.added).toHaveLength(2)
    expect(editor.selected).toHaveLength(2)
    const [a, b] = editor.board.ordered
    expect(a).toMatchObject({ type: 'image', label: 'Lake' })
    expect((b?.x ?? 0) - (a?.x ?? 0)).toBeGreaterThan(a?.box.width ?? 0)
  })

  it('that are refused are named with what is wrong, and the others still go in', async () => {
    const { editor, pictures, toasts } = boardInRoom()
    await pictures.take([gif('good.gif'), gif('bad.gif', 'damaged'), new File(['damaged'], 'notes.svg')])
    expect(editor.board.ordered).toHaveLength(1)
    expect(toasts()).toHaveLength(2)
    expect(toasts()[0]).toMatch(/^“bad\.gif” was not added\. .*PNG, JPEG, GIF or WebP/)
    expect(toasts()[1]).toContain('“notes.svg”')
  })

  it('that are refused in numbers are told of together, in the chosen language', async () => {
    const { pictures, toasts } = boardInRoom(new FakeAssets(), true)
    await pictures.take(['a.gif', 'b.gif', 'c.gif'].map((name) => gif(name, 'damaged')))
    expect(toasts()).toHaveLength(1)
    expect(toasts()[0]).toContain('a.gif, b.gif, c.gif')
    expect(toasts()[0]).toContain('未添加')
  })

  it('are not taken from who may only read', async () => {
    const { editor, pictures, assets } = boardInRoom()
    editor.canWrite.set(false)
    await pictures.take([gif('a.gif')])
    expect(assets.added).toEqual([])
  })

  it('dropped are taken; what a board has no use for is left to become pages', async () => {
    const { page, editor } = boardInRoom()
    const others = page.takeDropped?.([gif('a.gif'), new File(['words'], 'notes.md')], { x: 10, y: 10 })
    expect(others?.map(({ name }) => name)).toEqual(['notes.md'])
    await until(() => expect(editor.board.ordered).toHaveLength(1))
  })

  it('come along with shapes from another room', async () => {
    const bytes = new TextEncoder().encode('a picture of another room')
    const assets = new FakeAssets(new Map([['far', bytes]]))
    const { editor } = boardInRoom(assets)
    const props = { x: 0, y: 0, width: 40, height: 30, asset: 'far' }
    paste([], {
      'text/plain': `{"type":"inkroom/shapes","records":${JSON.stringify({ p: { kind: 'image', props } })}}`,
    })
    await until(() => expect(assets.added).toHaveLength(1))
    expect(assets.added[0]?.bytes).toEqual(bytes)
    expect(editor.board.ordered).toMatchObject([{ type: 'image', assetId: 'far' }])
  })

  it('dropped as a drawing are imported; a file that is none says what is wrong with it', async () => {
    const { page, editor, toasts } = boardInRoom()
    const rectangle = { id: 'r', type: 'rectangle', x: 0, y: 0, width: 40, height: 30 }
    const drawing = JSON.stringify({ type: 'excalidraw', elements: [rectangle] })
    page.takeDropped?.([new File([drawing], 'plan.excalidraw')], { x: 0, y: 0 })
    // It is read in slices of time.
    await until(() => expect(editor.board.ordered).toHaveLength(1))
    page.takeDropped?.([new File(['{"type":"excal'], 'cut.excalidraw')], { x: 0, y: 0 })
    await until(() =>
      expect(toasts().at(-1)).toMatch(/^“cut\.excalidraw” is no Excalidraw drawing: .*not JSON/),
    )
    expect(editor.board.ordered).toHaveLength(1)
  })
})
