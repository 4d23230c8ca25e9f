import { beforeEach, describe, expect, it } from 'vitest'
import { boardMenuEntries } from '../../../../src/renderer/composables/board/boardMenuEntries'
import type { BoardClipboard } from '../../../../src/renderer/composables/board/useBoardClipboard'
import { BoardDesk } from '../../../lib/boardDesk'

let desk: BoardDesk
const copied: string[] = []
const clipboard: BoardClipboard = {
  copy: () => copied.push('copy'),
  cut: () => copied.push('cut'),
  paste: () => {
    copied.push('paste')
    return Promise.resolve()
  },
}

beforeEach(() => {
  copied.length = 0
  desk = new BoardDesk()
  desk.put({ id: 'a', type: 'rectangle', x: 0, y: 0, width: 100, height: 100, fill: 'blue' })
})

/** What the menu offers now, by the keys of its texts. */
function entries() {
  const { editor, commands } = desk
  return boardMenuEntries({
    editor,
    commands,
    clipboard,
    at: { x: 5, y: 5 },
    selection: editor.selected,
    canWrite: editor.canWrite.value,
    t: (key: string) => key,
    keys: { text: ({ key }: { key: string }) => key },
  } as Parameters<typeof boardMenuEntries>[0]).flat()
}

describe('the menu of a board', () => {
  it('X22: has nothing that changes the board for somebody who may only look', () => {
    desk.editor.allowWriting(false)
    for (const selected of [[], ['a']]) {
      desk.editor.select(selected)
      const before = desk.editor.board.snapshot
      for (const entry of entries()) entry.run()
      expect(desk.editor.board.snapshot).toBe(before)
    }
    expect(copied).toEqual(['copy'])
  })

  it('X22: offers who may write to paste, and more where something is selected', () => {
    expect(entries().map(({ label }) => label)).toEqual([
      'board.paste',
      'board.selectAll',
      'board.grid',
      'board.zoomFit',
    ])
    desk.editor.select(['a'])
    expect(entries().map(({ label }) => label)).toEqual(
      expect.arrayContaining(['board.cut', 'board.copy', 'board.duplicate', 'board.remove']),
    )
    entries()
      .find(({ label }) => label === 'board.remove')
      ?.run()
    expect(desk.editor.board.ordered).toEqual([])
  })
})
