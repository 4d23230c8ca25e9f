import { useMenuCommands } from './useMenuCommands'
import type { Room } from './useRoom'
import { useShortcuts } from './useShortcuts'
import type { Sidebar } from './useSidebar'

/** What the room's screen does for its commands beyond the room itself. */
export interface RoomScreenActions {
  createPage(): void
  createBoard(): void
  focusPages(): void
  invite(): void
}

/** The room's keys and its part of the menu bar. */
export function useRoomCommands(room: Room, sidebar: Sidebar, actions: RoomScreenActions): void {
  const editor = () => room.current.text.value?.editor
  const board = () => room.current.board.value?.editor

  useShortcuts({
    newPage: actions.createPage,
    openFile: () => void room.files.open(),
    saveFile: () => void room.files.save(false),
    exportFile: () => void room.files.save(true),
    toggleSidebar: sidebar.toggle,
    focusPages: actions.focusPages,
    focusText: () => {
      editor()?.focus()
      room.current.board.value?.focus?.()
    },
    invite: actions.invite,
  })

  useMenuCommands({
    'new-page': actions.createPage,
    'new-board': actions.createBoard,
    'open-file': () => void room.files.open(),
    'save-file': () => void room.files.save(false),
    'export-file': () => void room.files.save(true),
    ...(room.saveRoomFile !== undefined && { 'save-room-file': () => void room.saveRoomFile?.() }),
    invite: actions.invite,
    'leave-room': () => room.leaving.ask('leave'),
    undo: () => (board() ?? editor())?.undo(),
    redo: () => (board() ?? editor())?.redo(),
    find: () => editor()?.openSearch(),
    'toggle-sidebar': sidebar.toggle,
  })
}
