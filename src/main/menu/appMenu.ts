import { Menu } from 'electron'
import { MENU_COMMANDS, type MenuCommand } from '../../shared/ipc/app'
import { menuTemplate, type MenuOptions } from './menuTemplate'

/** The menu bar as it is at the moment: in the person's language, with what means nothing now greyed out. */
export class AppMenu {
  #commands: ReadonlySet<MenuCommand> = new Set()

  constructor(private readonly options: Omit<MenuOptions, 'settings'>) {}

  /** Makes the menu anew in a language, with a theme. */
  build(settings: MenuOptions['settings']): void {
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate({ ...this.options, settings })))
    this.setCommands(this.#commands)
  }

  /** Which commands mean something in the window that is in front. */
  setCommands(commands: ReadonlySet<MenuCommand>): void {
    this.#commands = commands
    const menu = Menu.getApplicationMenu()
    for (const name of MENU_COMMANDS) {
      const item = menu?.getMenuItemById(name)
      if (item !== null && item !== undefined) item.enabled = commands.has(name)
    }
  }
}
