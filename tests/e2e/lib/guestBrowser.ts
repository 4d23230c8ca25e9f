import { chromium, expect, type Browser, type BrowserContextOptions } from '@playwright/test'
import { hostname } from 'node:os'
import { chromiumProgram, isSandboxRefused } from '../../../scripts/runtime.mjs'
import type { Settings } from '../../../src/shared/settings'
import { Participant } from './participant'
import { textsOf } from './texts'

/**
 * The name under which guests reach this machine: its own on a local network. `localhost` and 127.0.0.1 count as secure,
 * where the browser offers more than it does to a guest in a real network: with this name a test cannot pass falsely.
 */
export const GUEST_HOST = `${hostname().split('.', 1)[0]?.toLowerCase() ?? ''}.local`

/** What kind of device a guest has. */
type Device = Pick<BrowserContextOptions, 'viewport' | 'hasTouch' | 'isMobile' | 'deviceScaleFactor'>

export interface GuestOptions extends Device {
  readonly locale?: Settings['locale']
  readonly theme?: 'light' | 'dark'
  readonly colour?: number
}

/** A Chromium with several guests in it, each with storage of their own. */
export class GuestBrowser {
  private constructor(readonly browser: Browser) {}

  static async launch(): Promise<GuestBrowser> {
    const browser = await chromium.launch({
      executablePath: chromiumProgram(),
      args: [
        `--host-resolver-rules=MAP ${GUEST_HOST} 127.0.0.1`,
        // Without a browser around the page letters would be fitted to pixels: text gets wider than on real screens.
        '--font-render-hinting=none',
        ...(isSandboxRefused() ? ['--no-sandbox'] : []),
      ],
    })
    return new GuestBrowser(browser)
  }

  /** Somebody who opens a link, and is asked for their name. */
  async open(link: string, options: GuestOptions = {}): Promise<Participant> {
    const { locale = 'en', theme = 'light', colour: _, ...device } = options
    const context = await this.browser.newContext({
      viewport: { width: 1100, height: 760 },
      ...device,
      locale: locale === 'en' ? 'en-US' : locale,
      colorScheme: theme,
      // A browser asks about the host's own certificate; these people have said yes.
      ignoreHTTPSErrors: true,
    })
    const page = await context.newPage()
    await page.goto(asGuest(link))
    return new Participant(page, textsOf(locale))
  }

  /** Somebody who opens a link, gives a name and is in the room. */
  async join(link: string, name: string, options: GuestOptions = {}): Promise<Participant> {
    const guest = await this.open(link, options)
    if (options.colour !== undefined) await guest.chooseColour(options.colour)
    await guest.introduce(name)
    await guest.isConnected()
    await expect(guest.status).toBeVisible()
    return guest
  }

  async close(): Promise<void> {
    await this.browser.close()
  }
}

/** A link as guests on other machines have it. */
export function asGuest(link: string): string {
  const url = new URL(link)
  url.hostname = GUEST_HOST
  return url.href
}
