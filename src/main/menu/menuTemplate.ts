import type { MenuItemConstructorOptions } from 'electron'
import type { MenuCommand } from '../../shared/ipc/app'
import type { Settings } from '../../shared/settings'
import { MENU_STRINGS, type MenuStrings } from './strings'

export interface MenuOptions {
  readonly settings: Pick<Settings, 'locale' | 'theme'>
  readonly isMac: boolean
  /** Developer tools are offered in builds that were not packaged. */
  readonly isPackaged: boolean
  /** `windowId`: the window whose menu it is; undefined where the system has one menu and no window is in front. */
  readonly onCommand: (command: MenuCommand, windowId: number | undefined) => void
  readonly onNewWindow: () => void
  readonly onTheme: (theme: Settings['theme']) => void
  readonly onShowLogs: () => void
  readonly onCheckForUpdates: () => void
}

type Item = MenuItemConstructorOptions

const separator: Item = { type: 'separator' }

/**
 * The menu bar, in the form of the system. What concerns a page is a command to it, what the system does itself is a
 * role. A Mac has a menu of the app and one of its windows, where others have those things under File and Help.
 */
export function menuTemplate(options: MenuOptions): Item[] {
  const { settings, isMac } = options
  const t = MENU_STRINGS[settings.locale]
  const items = itemsOf(options, t)
  return [
    ...(isMac ? [appMenu(items, t)] : []),
    fileMenu(items, t, isMac),
    editMenu(items, t, isMac),
    viewMenu(items, options, t),
    isMac ? { role: 'windowMenu', label: t.window } : windowMenu(items, t),
    helpMenu(items, t, isMac),
  ]
}

interface Items {
  readonly newWindow: Item
  readonly showLogs: Item
  readonly checkForUpdates: Item
  /** A command for the page. Its id is the command's name. */
  command(name: MenuCommand, label: string, accelerator?: string): Item
  /** A command whose key the page sees itself, and knows what it means in the field that has the focus. */
  pageKey(name: MenuCommand, label: string, accelerator: string): Item
}

function itemsOf(
  { onCommand, onNewWindow, onShowLogs, onCheckForUpdates }: MenuOptions,
  t: MenuStrings,
): Items {
  const command: Items['command'] = (name, label, accelerator) => ({
    id: name,
    label,
    ...(accelerator === undefined ? {} : { accelerator }),
    click: (_item, window) => onCommand(name, window?.id),
  })
  return {
    newWindow: {
      id: 'new-window',
      label: t.newWindow,
      accelerator: 'CommandOrControl+Shift+N',
      click: onNewWindow,
    },
    showLogs: { id: 'show-logs', label: t.showLogs, click: onShowLogs },
    checkForUpdates: { id: 'check-for-updates', label: t.checkForUpdates, click: onCheckForUpdates },
    command,
    pageKey: (name, label, accelerator) => ({
      ...command(name, label, accelerator),
      registerAccelerator: false,
    }),
  }
}

function appMenu({ command, checkForUpdates }: Items, t: MenuStrings): Item {
  return {
    label: 'Inkroom',
    submenu: [
      { role: 'about', label: t.about },
      checkForUpdates,
      separator,
      command('settings', t.settings, 'CommandOrControl+,'),
      separator,
      { role: 'services', label: t.services },
      separator,
      { role: 'hide', label: t.hide },
      { role: 'hideOthers', label: t.hideOthers },
      { role: 'unhide', label: t.unhide },
      separator,
      { role: 'quit', label: t.quit },
    ],
  }
}

function fileMenu({ newWindow, command, pageKey }: Items, t: MenuStrings, isMac: boolean): Item {
  return {
    label: t.file,
    submenu: [
      newWindow,
      command('host-room', t.hostRoom, 'CommandOrControl+Shift+H'),
      command('join-room', t.joinRoom, 'CommandOrControl+J'),
      separator,
      command('new-page', t.newPage, 'CommandOrControl+N'),
      command('new-board', t.newBoard, 'CommandOrControl+Shift+B'),
      separator,
      command('open-file', t.openFile, 'CommandOrControl+O'),
      command('save-file', t.saveFile, 'CommandOrControl+S'),
      command('export-file', t.exportFile, 'CommandOrControl+Shift+S'),
      separator,
      command('open-room-file', t.openRoomFile),
      command('save-room-file', t.saveRoomFile),
      separator,
      pageKey('invite', t.invite, 'CommandOrControl+Alt+I'),
      command('leave-room', t.leaveRoom),
      separator,
      ...(isMac ? [] : [command('settings', t.settings, 'CommandOrControl+,'), separator]),
      { role: 'close', label: t.closeWindow },
      ...(isMac ? [] : [{ role: 'quit', label: t.quit } satisfies Item]),
    ],
  }
}

function editMenu({ pageKey }: Items, t: MenuStrings, isMac: boolean): Item {
  return {
    label: t.edit,
    submenu: [
      pageKey('undo', t.undo, 'CommandOrControl+Z'),
      pageKey('redo', t.redo, isMac ? 'Command+Shift+Z' : 'Control+Y'),
      separator,
      { role: 'cut', label: t.cut },
      { role: 'copy', label: t.copy },
      { role: 'paste', label: t.paste },
      { role: 'pasteAndMatchStyle', label: t.pasteAsText },
      { role: 'selectAll', label: t.selectAll },
      separator,
      pageKey('find', t.find, 'CommandOrControl+F'),
    ],
  }
}

function viewMenu({ command }: Items, { settings, isPackaged, onTheme }: MenuOptions, t: MenuStrings): Item {
  const theme = (name: Settings['theme'], label: string): Item => ({
    id: `theme-${name}`,
    type: 'radio',
    label,
    checked: settings.theme === name,
    click: () => onTheme(name),
  })
  return {
    label: t.view,
    submenu: [
      command('toggle-sidebar', t.toggleSidebar, 'CommandOrControl+\\'),
      separator,
      {
        label: t.theme,
        submenu: [theme('system', t.themeSystem), theme('light', t.themeLight), theme('dark', t.themeDark)],
      },
      separator,
      { role: 'resetZoom', label: t.actualSize },
      { role: 'zoomIn', label: t.zoomIn },
      { role: 'zoomOut', label: t.zoomOut },
      separator,
      { role: 'togglefullscreen', label: t.fullScreen },
      ...(isPackaged ? [] : [{ role: 'toggleDevTools', label: t.developerTools } satisfies Item]),
    ],
  }
}

function windowMenu({ newWindow: { id: _id, ...newWindow } }: Items, t: MenuStrings): Item {
  return {
    label: t.window,
    submenu: [
      // The same as under File, where its key is.
      { ...newWindow, registerAccelerator: false },
      { role: 'minimize', label: t.minimize },
      { role: 'close', label: t.closeWindow },
    ],
  }
}

function helpMenu({ pageKey, showLogs, checkForUpdates }: Items, t: MenuStrings, isMac: boolean): Item {
  return {
    role: 'help',
    label: t.help,
    submenu: [
      pageKey('shortcuts', t.shortcuts, 'F1'),
      showLogs,
      ...(isMac ? [] : [checkForUpdates, separator, { role: 'about', label: t.about } satisfies Item]),
    ],
  }
}
