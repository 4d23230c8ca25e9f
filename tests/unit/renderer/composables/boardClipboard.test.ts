import { flushPromises } from '@vue/test-utils'
import { describe, expect, it, vi } from 'vitest'
import { centreOf } from '../../../../src/shared/board/geometry/box'
import { createShapes } from '../../../../src/shared/board/ops'
import { boardInRoom, copy, fakeScreen, paste } from '../../../lib/board/boardInRoom'

fakeScreen()

type OnBoard = ReturnType<typeof boardInRoom>

const note = { id: 'n', type: 'note', x: 0, y: 0, width: 100, height: 100, label: 'Two\nlines' } as const

function withNote(): OnBoard {
  const board = boardInRoom()
  board.editor.edit(createShapes(board.editor.board, [note]))
  board.editor.select(['n'])
  return board
}

const middleOfLast = ({ editor }: OnBoard) => {
  const shape = editor.board.ordered.at(-1)
  return shape === undefined ? undefined : centreOf(shape.box)
}

describe('what is pasted by key', () => {
  it('comes where the pointer is, whatever the zoom', () => {
    const board = withNote()
    board.editor.setCamera({ x: 50, y: 0, zoom: 2 })
    board.editor.pointerAt = { x: 600, y: 100 }
    paste([], copy())
    expect(board.editor.board.ordered).toHaveLength(2)
    expect(middleOfLast(board)).toEqual({ x: 350, y: 50 })
  })

  it('comes into the middle of what is seen while the pointer is elsewhere', () => {
    const board = withNote()
    paste([], copy())
    expect(middleOfLast(board)).toEqual({ x: 500, y: 400 })
  })

  it('comes where the pointer of the keyboard is', () => {
    const board = withNote()
    const copied = copy()
    board.editor.pointerAt = { x: 600, y: 100 }
    board.editor.chooseTool('note')
    board.editor.keyPointer.at.set({ x: 40, y: 60 })
    paste([], copied)
    expect(middleOfLast(board)).toEqual({ x: 40, y: 60 })
  })

  it('is text where other programs copied text, begun at the pointer', () => {
    const board = boardInRoom()
    board.editor.pointerAt = { x: 200, y: 100 }
    paste([], { 'text/plain': 'Hello' })
    expect(board.editor.board.ordered).toMatchObject([{ type: 'text', label: 'Hello', x: 200, y: 100 }])
  })
})

describe('what is pasted from the menu', () => {
  /** A browser's clipboard: of shapes it gives the words only. */
  const offer = (text: string): void => {
    const item = {
      types: ['text/plain'],
      getType: () => Promise.resolve(new Blob([text], { type: 'text/plain' })),
    }
    vi.stubGlobal('navigator', { clipboard: { read: () => Promise.resolve([item]) } })
  }

  it('is the shapes this window copied, where their words are what the browser gives', async () => {
    const board = withNote()
    const copied = copy()
    offer((copied['text/plain'] ?? '').replace('\n', '\r\n'))
    await board.clipboard.paste({ x: 300, y: 200 })
    expect(board.editor.board.ordered).toMatchObject([
      { type: 'note' },
      { type: 'note', label: 'Two\nlines' },
    ])
    expect(middleOfLast(board)).toEqual({ x: 300, y: 200 })
  })

  it('is text where something else was copied since', async () => {
    const board = withNote()
    copy()
    offer('Two')
    await board.clipboard.paste({ x: 300, y: 200 })
    expect(board.editor.board.ordered.map(({ type }) => type)).toEqual(['note', 'text'])
  })

  it('is what the app pastes when it is asked to, at the place of the menu', async () => {
    const board = withNote()
    const copied = copy()
    board.app.platform.paste = () => {
      paste([], copied)
      return Promise.resolve()
    }
    await board.clipboard.paste({ x: 300, y: 200 })
    expect(middleOfLast(board)).toEqual({ x: 300, y: 200 })
    // The next by key comes where keys paste.
    paste([], copied)
    expect(middleOfLast(board)).toEqual({ x: 500, y: 400 })
  })

  it('tells the keys where the browser gives nothing', async () => {
    const board = boardInRoom()
    vi.stubGlobal('navigator', {})
    await board.clipboard.paste({ x: 0, y: 0 })
    await flushPromises()
    expect(board.toasts().at(-1)).toContain('Ctrl+V')
  })
})
