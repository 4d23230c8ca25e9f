import type { Locale } from '../../shared/settings'

/** Texts of the entry in the system's tray. */
export interface TrayStrings {
  readonly tooltip: (rooms: number, people: number) => string
  /** A room and how many people are connected to it beside this device's own. */
  readonly room: (title: string, people: number) => string
  readonly open: string
  readonly copyLink: string
  readonly stop: string
  readonly show: string
  readonly quit: string
}

const people = (count: number): string =>
  count === 0 ? 'nobody connected' : count === 1 ? '1 person connected' : `${count} people connected`

export const TRAY_STRINGS: Readonly<Record<Locale, TrayStrings>> = {
  en: {
    tooltip: (rooms, count) =>
      `Inkroom: hosting ${rooms === 1 ? '1 room' : `${rooms} rooms`}, ${people(count)}`,
    room: (title, count) => `${title} (${people(count)})`,
    open: 'Open',
    copyLink: 'Copy invite link',
    stop: 'Close room for everybody',
    show: 'Show Inkroom',
    quit: 'Quit Inkroom',
  },
  'zh-CN': {
    tooltip: (rooms, count) => `Inkroom：已开放 ${rooms} 个房间，${count} 人已连接`,
    room: (title, count) => `${title}（${count === 0 ? '无人连接' : `${count} 人已连接`}）`,
    open: '打开',
    copyLink: '复制邀请链接',
    stop: '对所有人关闭房间',
    show: '显示 Inkroom',
    quit: '退出 Inkroom',
  },
}
