import { useBoardFiles } from './board/useBoardFiles'
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
  const { current } = room
  const boardFiles = useBoardFiles()
  const editor = () => current.text.value?.editor
  const board = () => current.board.value?.editor
  const openFile = (): void => void room.files.open()
  const isBoardThere = (): boolean => current.board.value?.saveState.value.loaded === true

  /** A board has no file that it came from: the person is asked for a place each time. */
  function save(asOther: boolean): void {
    const page = current.board.value
    const entry = current.entry.value
    if (page === undefined || entry === undefined) void room.files.save(asOther)
    else if (isBoardThere()) void boardFiles.save(page, room.pages.titleOf(entry), 'excalidraw')
  }

  useShortcuts({
    newPage: actions.createPage,
    openFile,
    saveFile: () => save(false),
    exportFile: () => save(true),
    toggleSidebar: sidebar.toggle,
    focusPages: actions.focusPages,
    focusText: () => {
      editor()?.focus()
      current.board.value?.focus?.()
    },
    invite: actions.invite,
  })

  useMenuCommands(() => ({
    ...(room.canWrite.value && {
      'new-page': actions.createPage,
      'new-board': actions.createBoard,
      'open-file': openFile,
    }),
    ...((current.text.value !== undefined || isBoardThere()) && {
      'save-file': () => save(false),
      'export-file': () => save(true),
      undo: () => (board() ?? editor())?.undo(),
      redo: () => (board() ?? editor())?.redo(),
    }),
    ...(current.text.value !== undefined && { find: () => editor()?.openSearch() }),
    ...(room.saveRoomFile !== undefined && { 'save-room-file': () => void room.saveRoomFile?.() }),
    ...(room.entry.value === undefined && { invite: actions.invite }),
    'leave-room': () => room.leaving.ask('leave'),
    'toggle-sidebar': sidebar.toggle,
  }))
}
