import type { Bridge } from '../../../shared/ipc/bridge'
import type { MenuActions, MenuCommand, Platform } from '../platform'

/**
 * Carries out the commands of the menu bar, and tells main which mean something now: the others are greyed out. Screens
 * come and go in one turn, so main is told once at its end.
 */
export function createDesktopMenu(calls: Bridge['app']): Platform['handleMenu'] {
  const handlers = new Set<MenuActions>()
  let isTelling = false

  function tell(): void {
    isTelling = false
    const commands = new Set([...handlers].flatMap((actions) => Object.keys(actions) as MenuCommand[]))
    void calls.setMenuCommands({ commands: [...commands] })
  }
  function tellSoon(): void {
    if (isTelling) return
    isTelling = true
    queueMicrotask(tell)
  }
  calls.onMenuCommand((command) => {
    for (const actions of [...handlers]) actions[command]?.()
  })

  return (actions) => {
    handlers.add(actions)
    tellSoon()
    return () => {
      handlers.delete(actions)
      tellSoon()
    }
  }
}
