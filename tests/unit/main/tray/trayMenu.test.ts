import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, it } from 'vitest'
import { trayMenu, trayTooltip } from '../../../../src/main/tray/trayMenu'

const ROOMS = [
  { roomId: 'a', title: 'Plans & notes', guests: 1 },
  { roomId: 'b', title: 'x'.repeat(60), guests: 0 },
]

function pressAll(items: readonly MenuItemConstructorOptions[]): void {
  for (const { click, submenu } of items) {
    Reflect.apply(click ?? (() => undefined), undefined, [])
    if (Array.isArray(submenu)) pressAll(submenu)
  }
}

function menu(locale: 'en' | 'zh-CN') {
  const done: string[] = []
  const items = trayMenu(ROOMS, locale, {
    openRoom: (roomId) => done.push(`open ${roomId}`),
    copyLink: (roomId) => done.push(`copy ${roomId}`),
    closeRoom: (roomId) => done.push(`close ${roomId}`),
    show: () => done.push('show'),
    quit: () => done.push('quit'),
  })
  return { items, done }
}

describe('the entry in the tray', () => {
  it('Y6: has each open room with the people in it, and what can be done with it', () => {
    const { items, done } = menu('en')
    expect(items.map(({ label }) => label)).toEqual([
      'Plans && notes (1 person connected)',
      `${'x'.repeat(39)}… (nobody connected)`,
      undefined,
      'Show Inkroom',
      'Quit Inkroom',
    ])
    pressAll(items)
    expect(done).toEqual(['open a', 'copy a', 'close a', 'open b', 'copy b', 'close b', 'show', 'quit'])
  })

  it('Y6: speaks both languages', () => {
    const labels = (items: readonly MenuItemConstructorOptions[]): string[] =>
      items.flatMap(({ label, submenu }) => [label ?? '', ...(Array.isArray(submenu) ? labels(submenu) : [])])
    expect(
      labels(menu('zh-CN').items).filter((label) => label !== '' && !/[\u4e00-\u9fff]/.test(label)),
    ).toEqual([])
    expect(trayTooltip(ROOMS, 'en')).toBe('Inkroom: hosting 2 rooms, 1 person connected')
    expect(trayTooltip(ROOMS, 'zh-CN')).toBe('Inkroom：已开放 2 个房间，1 人已连接')
  })
})
