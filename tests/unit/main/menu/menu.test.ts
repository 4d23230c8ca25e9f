import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, it } from 'vitest'
import { menuTemplate } from '../../../../src/main/menu/menuTemplate'
import { MENU_STRINGS } from '../../../../src/main/menu/strings'
import { MENU_COMMANDS } from '../../../../src/shared/ipc/app'
import type { Locale, Settings } from '../../../../src/shared/settings'

const LOCALES: readonly Locale[] = ['en', 'zh-CN']
const FORMS = LOCALES.flatMap((locale) => [true, false].map((isMac) => ({ locale, isMac })))

interface Chosen {
  readonly commands: string[]
  readonly themes: string[]
  windows: number
  logs: number
  checks: number
}

function menu({ locale, isMac }: { locale: Locale; isMac: boolean }, theme: Settings['theme'] = 'dark') {
  const chosen: Chosen = { commands: [], themes: [], windows: 0, logs: 0, checks: 0 }
  const template = menuTemplate({
    settings: { locale, theme },
    isMac,
    isPackaged: true,
    onCommand: (command) => chosen.commands.push(command),
    onNewWindow: () => (chosen.windows += 1),
    onTheme: (name) => chosen.themes.push(name),
    onShowLogs: () => (chosen.logs += 1),
    onCheckForUpdates: () => (chosen.checks += 1),
  })
  return { template, chosen }
}

const childrenOf = ({ submenu }: MenuItemConstructorOptions): MenuItemConstructorOptions[] =>
  Array.isArray(submenu) ? submenu : []

function itemsOf(template: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return template.flatMap((item) => [item, ...itemsOf(childrenOf(item))])
}

const press = (item: MenuItemConstructorOptions): unknown =>
  Reflect.apply(item.click ?? (() => undefined), undefined, [])

describe('the menu bar', () => {
  it('Y7: has a text for everything in both languages', () => {
    for (const locale of LOCALES) {
      expect(
        Object.values<string>({ ...MENU_STRINGS[locale] }).filter((label) => label.trim() === ''),
      ).toEqual([])
    }
    expect(
      Object.values<string>({ ...MENU_STRINGS['zh-CN'] }).filter((label) => !/[\u4e00-\u9fff]/.test(label)),
    ).toEqual([])
  })

  it.each(FORMS)('Y7: names everything in one language, whatever the system speaks: %o', (form) => {
    const unnamed = itemsOf(menu(form).template).filter(
      ({ type, label }) => type !== 'separator' && label === undefined,
    )
    expect(unnamed).toEqual([])
  })

  it.each(FORMS)('Y7: gives every command to the page exactly once: %o', (form) => {
    const { template, chosen } = menu(form)
    for (const item of itemsOf(template)) if (MENU_COMMANDS.some((name) => name === item.id)) press(item)
    expect(chosen.commands.sort()).toEqual([...MENU_COMMANDS].sort())
  })

  it.each(FORMS)('Y7: opens windows, chooses a theme, shows the logs and looks for updates: %o', (form) => {
    const { template, chosen } = menu(form, 'dark')
    const items = itemsOf(template)
    const themes = items.filter(({ id }) => id?.startsWith('theme-') === true)
    expect(themes.filter(({ checked }) => checked === true).map(({ id }) => id)).toEqual(['theme-dark'])
    for (const item of [
      ...themes,
      ...items.filter(({ id }) => ['new-window', 'show-logs', 'check-for-updates'].includes(id ?? '')),
    ])
      press(item)
    expect(chosen).toMatchObject({ themes: ['system', 'light', 'dark'], windows: 1, logs: 1, checks: 1 })
  })

  it.each(FORMS)('Y7: has no two entries with one key, and no two letters for one menu: %o', (form) => {
    const { template } = menu(form)
    const keys = itemsOf(template).flatMap(({ accelerator, registerAccelerator, id }) =>
      accelerator === undefined || (registerAccelerator === false && id === undefined)
        ? []
        : [String(accelerator)],
    )
    expect(keys).toEqual([...new Set(keys)])
    const letters = (items: readonly MenuItemConstructorOptions[]): string[] =>
      items.flatMap(({ label }) => /&(\w)/.exec(label ?? '')?.[1]?.toLowerCase() ?? [])
    for (const menuItems of [template, ...template.map(childrenOf)]) {
      expect(letters(menuItems)).toEqual([...new Set(letters(menuItems))])
    }
  })

  it('Y7: has on a Mac the menus that a Mac has, and no quitting under File', () => {
    const { template } = menu({ locale: 'en', isMac: true })
    expect(template[0]).toMatchObject({ label: 'Inkroom' })
    expect(childrenOf(template[0] ?? {}).map(({ role }) => role)).toEqual(
      expect.arrayContaining(['about', 'services', 'hide', 'hideOthers', 'unhide', 'quit']),
    )
    expect(template.map(({ role }) => role)).toEqual(expect.arrayContaining(['windowMenu', 'help']))
    expect(childrenOf(template[1] ?? {}).some(({ role }) => role === 'quit')).toBe(false)
  })

  it('has developer tools in no packaged app', () => {
    expect(
      itemsOf(menu({ locale: 'en', isMac: false }).template).some(({ role }) => role === 'toggleDevTools'),
    ).toBe(false)
  })
})
