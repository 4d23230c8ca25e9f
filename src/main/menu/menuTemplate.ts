import type { MenuItemConstructorOptions } from 'electron'
import type { MenuCommand } from '../../shared/ipc/app'
import type { Locale } from '../../shared/settings'
import { MENU_STRINGS } from './strings'

export interface MenuOptions {
  readonly locale: Locale
  readonly isMac: boolean
  /** Developer tools are offered in builds that were not packaged. */
  readonly isPackaged: boolean
  /** `windowId`: the window whose menu it is; undefined where the system has one menu and no window is in front. */
  readonly onCommand: (command: MenuCommand, windowId: number | undefined) => void
  readonly onNewWindow: () => void
}

/** The menu bar. What concerns a page is a command to it; what the system does itself is a role. */
export function menuTemplate(options: MenuOptions): MenuItemConstructorOptions[] {
  const { locale, isMac, isPackaged, onCommand, onNewWindow } = options
  const t = MENU_STRINGS[locale]
  const command = (name: MenuCommand, label: string, accelerator?: string): MenuItemConstructorOptions => ({
    id: name,
    label,
    ...(accelerator === undefined ? {} : { accelerator }),
    click: (_item, window) => onCommand(name, window?.id),
  })
  /** The page sees these keys itself and knows what they mean in the field that has the focus. */
  const pageKey = (name: MenuCommand, label: string, accelerator: string): MenuItemConstructorOptions => ({
    ...command(name, label, accelerator),
    registerAccelerator: false,
  })
  const separator: MenuItemConstructorOptions = { type: 'separator' }

  const appMenu: MenuItemConstructorOptions[] = [
    {
      label: 'Inkroom',
      submenu: [
        { role: 'about', label: t.about },
        separator,
        command('settings', t.settings, 'CommandOrControl+,'),
        separator,
        { role: 'hide' },
        { role: 'hideOthers' },
        { role: 'unhide' },
        separator,
        { role: 'quit', label: t.quit },
      ],
    },
  ]
  return [
    ...(isMac ? appMenu : []),
    {
      label: t.file,
      submenu: [
        { id: 'new-window', label: t.newWindow, accelerator: 'CommandOrControl+Shift+N', click: onNewWindow },
        command('new-page', t.newPage, 'CommandOrControl+N'),
        separator,
        command('open-file', t.openFile, 'CommandOrControl+O'),
        command('export-file', t.exportFile, 'CommandOrControl+S'),
        separator,
        ...(isMac ? [] : [command('settings', t.settings, 'CommandOrControl+,'), separator]),
        { role: 'close', label: t.closeWindow },
        ...(isMac ? [] : [{ role: 'quit', label: t.quit } satisfies MenuItemConstructorOptions]),
      ],
    },
    {
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
    },
    {
      label: t.view,
      submenu: [
        command('toggle-sidebar', t.toggleSidebar, 'CommandOrControl+\\'),
        separator,
        { role: 'resetZoom', label: t.actualSize },
        { role: 'zoomIn', label: t.zoomIn },
        { role: 'zoomOut', label: t.zoomOut },
        separator,
        { role: 'togglefullscreen', label: t.fullScreen },
        ...(isPackaged
          ? []
          : [{ role: 'toggleDevTools', label: t.developerTools } satisfies MenuItemConstructorOptions]),
      ],
    },
    ...(isMac
      ? []
      : [
          {
            label: t.help,
            submenu: [{ role: 'about', label: t.about } satisfies MenuItemConstructorOptions],
          },
        ]),
  ]
}
