import { flushPromises } from '@vue/test-utils'
import { expect, it, onTestFinished, vi } from 'vitest'
import { useRoom } from '../../../../src/renderer/composables/useRoom'
import { useRoomCommands } from '../../../../src/renderer/composables/useRoomCommands'
import { useSidebar } from '../../../../src/renderer/composables/useSidebar'
import { createShape } from '../../../../src/shared/board/ops'
import { onlineClient, testApp, withSetup } from '../../../lib/withApp'

const nothing = (): void => undefined

function commandsOfRoom() {
  const letters = { measureText: () => ({ width: 8 }) }
  const context = vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(letters as never)
  const app = testApp()
  const client = onlineClient()
  const { result: room, unmount } = withSetup(app, () => {
    const shown = useRoom({
      client,
      link: { roomId: 'a'.repeat(32), origins: ['http://10.0.0.5:4600'] },
      hosted: undefined,
    })
    const actions = { createPage: nothing, createBoard: nothing, focusPages: nothing, invite: nothing }
    useRoomCommands(shown, useSidebar(), actions)
    return shown
  })
  onTestFinished(() => {
    unmount()
    context.mockRestore()
  })
  return { app, client, room }
}

it('Y7: saving and searching are offered where there is something to save and to search', async () => {
  const { app, room } = commandsOfRoom()
  const ofPages = ['save-file', 'export-file', 'find', 'undo', 'redo']
  const offered = async (): Promise<string[]> => {
    await flushPromises()
    return ofPages.filter((command) => app.platform.menuCommands.includes(command))
  }
  expect(await offered()).toEqual([])
  room.current.show(room.pages.create('Notes'))
  expect(await offered()).toEqual(ofPages)
  room.current.createBoard()
  expect(await offered()).toEqual(['save-file', 'export-file', 'undo', 'redo'])
})

it('Y7: who may only read is not offered to make pages', async () => {
  const { app, client } = commandsOfRoom()
  const makes = ['new-page', 'new-board', 'open-file']
  expect(app.platform.menuCommands).toEqual(expect.arrayContaining(makes))
  client.access.role.set('viewer')
  await flushPromises()
  expect(makes.filter((command) => app.platform.menuCommands.includes(command))).toEqual([])
})

it('a board is saved by the key that saves text, as an Excalidraw file with all there is on it', async () => {
  const { app, room } = commandsOfRoom()
  room.current.createBoard()
  const board = room.current.board.value?.edit().editor
  const shape = { type: 'rectangle', x: 0, y: 0, width: 100, height: 60 } as const
  for (const id of ['a', 'b']) board?.edit(createShape(board.board, { ...shape, id }))
  board?.select(['a'])
  app.platform.nextSave = { name: 'Board 1.excalidraw', fileId: 'file-1' }
  const press = (repeat: boolean): void => {
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 's', code: 'KeyS', ctrlKey: true, repeat }))
  }
  press(false)
  // Whoever holds the key down is asked for one file.
  press(true)
  await vi.waitFor(() => expect(app.platform.saved).toHaveLength(1))
  await flushPromises()
  expect(app.platform.saved).toMatchObject([{ suggestedName: 'Board 1.excalidraw' }])
  const file = JSON.parse(app.platform.saved[0]?.text ?? '') as { type: string; elements: unknown[] }
  expect([file.type, file.elements.length]).toEqual(['excalidraw', 2])
})
