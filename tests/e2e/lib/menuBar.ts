import type { TestApp } from './launchApp'

/** Chooses an entry of the app's menu bar by its id, which for commands of a page is the command. */
export async function chooseFromMenuBar({ electron }: TestApp, id: string): Promise<void> {
  const isEnabled = await electron.evaluate(({ Menu, BrowserWindow }, name) => {
    const entry = Menu.getApplicationMenu()?.getMenuItemById(name)
    if (entry?.enabled !== true) return false
    entry.click(undefined, BrowserWindow.getAllWindows()[0])
    return true
  }, id)
  if (!isEnabled) throw new Error(`the menu bar has no ${id} now`)
}
