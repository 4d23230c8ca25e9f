import { onScopeDispose } from 'vue'
import { useServices } from '../app/services'
import type { Room } from './useRoom'
import { useShortcuts } from './useShortcuts'
import type { Sidebar } from './useSidebar'

/** What the room's screen does for its commands beyond the room itself. */
export interface RoomScreenActions {
  createPage(): void
  focusPages(): void
  invite(): void
}

/** The room's keys and its part of the menu bar. */
export function useRoomCommands(room: Room, sidebar: Sidebar, actions: RoomScreenActions): void {
  const { platform } = useServices()
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

  onScopeDispose(
    platform.onMenuCommand((command) => {
      switch (command) {
        case 'new-page':
          return actions.createPage()
        case 'open-file':
          return void room.files.open()
        case 'export-file':
          return void room.files.save(false)
        case 'undo':
          return board() === undefined ? editor()?.undo() : board()?.undo()
        case 'redo':
          return board() === undefined ? editor()?.redo() : board()?.redo()
        case 'find':
          return editor()?.openSearch()
        case 'toggle-sidebar':
          return sidebar.toggle()
        case 'settings':
          return undefined
      }
    }),
  )
}
