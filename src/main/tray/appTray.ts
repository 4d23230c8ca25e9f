import { Menu, nativeImage, nativeTheme, Tray } from 'electron'
import type { Logger } from '../../server/logger'
import type { Locale } from '../../shared/settings'
import type { LiveRoom } from '../hosting/hostedRooms'
import { trayMenu, trayTooltip, type TrayActions } from './trayMenu'

export interface TrayOptions {
  /** `NAME.png` with `NAME@2x.png` beside it. */
  readonly icons: Readonly<Record<'template' | 'light' | 'dark' | 'colour', string>>
  readonly locale: () => Locale
  readonly actions: TrayActions
  readonly log: Logger
}

/**
 * The app's entry in the system's tray, there while this device hosts. A system without a tray shows nothing; a start
 * of the app brings its window back there, too.
 */
export class AppTray {
  #tray: Tray | undefined
  #rooms: readonly LiveRoom[] = []

  constructor(private readonly options: TrayOptions) {
    nativeTheme.on('updated', () => this.#tray?.setImage(this.#icon()))
  }

  /** Shows these rooms, or no entry where there are none. */
  setRooms(rooms: readonly LiveRoom[]): void {
    this.#rooms = rooms
    this.refresh()
  }

  /** Shows everything anew: the language has changed. */
  refresh(): void {
    const { locale, actions, log } = this.options
    if (this.#rooms.length === 0) return this.end()
    try {
      this.#tray ??= this.#create()
      this.#tray.setToolTip(trayTooltip(this.#rooms, locale()))
      // Linux takes a menu as a whole.
      this.#tray.setContextMenu(Menu.buildFromTemplate(trayMenu(this.#rooms, locale(), actions)))
    } catch (error) {
      log.warn({ err: error }, 'the system shows no tray entry')
    }
  }

  end(): void {
    this.#tray?.destroy()
    this.#tray = undefined
  }

  #create(): Tray {
    const tray = new Tray(this.#icon())
    // On Windows a click is for the app and the other button for the menu; elsewhere both open the menu.
    if (process.platform === 'win32') tray.on('click', () => this.options.actions.show())
    return tray
  }

  #icon(): Electron.NativeImage {
    const { template, light, dark, colour } = this.options.icons
    if (process.platform === 'darwin') {
      const image = nativeImage.createFromPath(template)
      image.setTemplateImage(true)
      return image
    }
    if (process.platform !== 'win32') return nativeImage.createFromPath(colour)
    return nativeImage.createFromPath(nativeTheme.shouldUseDarkColorsForSystemIntegratedUI ? dark : light)
  }
}
