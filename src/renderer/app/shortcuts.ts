import type { MessageKey } from '../i18n/messages'

/** The parts of a key event that a shortcut looks at. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

/** A combination of keys. `mod` is Command on a Mac and Ctrl elsewhere. */
export interface Keys {
  readonly mod?: true
  readonly alt?: true
  readonly shift?: true
  /** A physical key (`KeyN`), or for keys without a letter the value of `key` (`F2`, `,`). */
  readonly key: string
}

/** What can be done by key anywhere in the window. */
export const SHORTCUTS = {
  newPage: { mod: true, alt: true, key: 'KeyN' },
  openFile: { mod: true, key: 'KeyO' },
  saveFile: { mod: true, key: 'KeyS' },
  exportFile: { mod: true, shift: true, key: 'KeyS' },
  toggleSidebar: { mod: true, key: 'Backslash' },
  focusPages: { mod: true, shift: true, key: 'KeyE' },
  focusText: { key: 'F6' },
  invite: { mod: true, alt: true, key: 'KeyI' },
  settings: { mod: true, key: 'Comma' },
  help: { key: 'F1' },
} as const satisfies Record<string, Keys>

export type ShortcutName = keyof typeof SHORTCUTS

/** The shortcut that a key press means; undefined for none. */
export function shortcutOf(press: KeyPress, isMac: boolean): ShortcutName | undefined {
  const mod = isMac ? press.metaKey : press.ctrlKey
  const otherMod = isMac ? press.ctrlKey : press.metaKey
  if (otherMod) return undefined
  for (const [name, keys] of Object.entries(SHORTCUTS) as [ShortcutName, Keys][]) {
    const isKey = press.code === keys.key || press.key === keys.key
    if (
      isKey &&
      mod === (keys.mod === true) &&
      press.altKey === (keys.alt === true) &&
      press.shiftKey === (keys.shift === true)
    ) {
      return name
    }
  }
  return undefined
}

/** How keys are written for people; `t` gives the names of keys in their language. */
export function describeKeys(keys: Keys, isMac: boolean, t: (key: MessageKey) => string): string {
  const parts: string[] = []
  if (keys.mod) parts.push(t(isMac ? 'keys.command' : 'keys.ctrl'))
  if (keys.alt) parts.push(t(isMac ? 'keys.option' : 'keys.alt'))
  if (keys.shift) parts.push(t('keys.shift'))
  parts.push(nameOfKey(keys.key, t))
  return parts.join(isMac ? ' ' : '+')
}

function nameOfKey(key: string, t: (key: MessageKey) => string): string {
  switch (key) {
    case 'ArrowUp':
      return t('keys.up')
    case 'ArrowDown':
      return t('keys.down')
    case 'Escape':
      return t('keys.escape')
    case 'Delete':
      return t('keys.delete')
    case 'Tab':
      return t('keys.tab')
    case 'Backslash':
      return '\\'
    case 'Comma':
      return ','
    default:
      return key.replace(/^Key/, '')
  }
}

/** True on Apple's systems, where Command takes the place of Ctrl. */
export function isApple(platform: string): boolean {
  return /mac|iphone|ipad/i.test(platform)
}
