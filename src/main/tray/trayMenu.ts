import type { MenuItemConstructorOptions } from 'electron'
import type { Locale } from '../../shared/settings'
import type { LiveRoom } from '../hosting/hostedRooms'
import { TRAY_STRINGS } from './strings'

/** Longest title of a room in the menu, in characters. */
const MAX_TITLE = 40

/** What can be done from the tray. */
export interface TrayActions {
  openRoom(roomId: string): void
  copyLink(roomId: string): void
  closeRoom(roomId: string): void
  /** Brings a window to the front, or opens one. */
  show(): void
  quit(): void
}

/** The menu of the tray entry: one submenu for each room that is open. */
export function trayMenu(
  rooms: readonly LiveRoom[],
  locale: Locale,
  actions: TrayActions,
): MenuItemConstructorOptions[] {
  const t = TRAY_STRINGS[locale]
  return [
    ...rooms.map(({ roomId, title, guests }): MenuItemConstructorOptions => ({
      label: t.room(menuText(title), guests),
      submenu: [
        { label: t.open, click: () => actions.openRoom(roomId) },
        { label: t.copyLink, click: () => actions.copyLink(roomId) },
        { type: 'separator' },
        { label: t.stop, click: () => actions.closeRoom(roomId) },
      ],
    })),
    { type: 'separator' },
    { label: t.show, click: () => actions.show() },
    { label: t.quit, click: () => actions.quit() },
  ]
}

/** What the pointer resting on the entry says. */
export function trayTooltip(rooms: readonly LiveRoom[], locale: Locale): string {
  return TRAY_STRINGS[locale].tooltip(
    rooms.length,
    rooms.reduce((sum, { guests }) => sum + guests, 0),
  )
}

/** A title as a menu shows it: & would mark a key. */
function menuText(title: string): string {
  const letters = [...title]
  const short = letters.length > MAX_TITLE ? `${letters.slice(0, MAX_TITLE - 1).join('')}…` : title
  return short.replaceAll('&', '&&')
}
