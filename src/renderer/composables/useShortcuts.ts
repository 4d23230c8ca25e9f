import { onScopeDispose } from 'vue'
import { describeKeys, isApple, shortcutOf, SHORTCUTS, type Keys, type ShortcutName } from '../app/shortcuts'
import { useSay } from '../i18n'

/** Carries out shortcuts while the component lives. */
export function useShortcuts(actions: Partial<Record<ShortcutName, () => void>>): void {
  const isMac = isApple(navigator.platform)
  const listen = (event: KeyboardEvent): void => {
    // AltGr types letters on many keyboards and reports itself as Ctrl and Alt.
    if (event.isComposing || event.getModifierState('AltGraph')) return
    const name = shortcutOf(event, isMac)
    const action = name === undefined ? undefined : actions[name]
    if (action === undefined) return
    event.preventDefault()
    event.stopPropagation()
    // Who holds a key down means one page or one question, not many.
    if (!event.repeat) action()
  }
  window.addEventListener('keydown', listen, { capture: true })
  onScopeDispose(() => window.removeEventListener('keydown', listen, { capture: true }))
}

export interface KeyNames {
  /** The keys of a shortcut as people read them. */
  of(name: ShortcutName): string
  /** Any other combination. */
  text(keys: Keys): string
}

/** Writes keys down in the person's language and for their keyboard. */
export function useKeyNames(): KeyNames {
  const { t } = useSay()
  const isMac = isApple(navigator.platform)
  return {
    of: (name) => describeKeys(SHORTCUTS[name], isMac, t),
    text: (keys) => describeKeys(keys, isMac, t),
  }
}
