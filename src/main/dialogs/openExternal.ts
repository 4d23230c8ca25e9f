import { dialog, shell, type BrowserWindow } from 'electron'
import type { DialogTexts } from './texts'

/** Longest part of an address that is shown, UTF-16 units: what comes after does not say where it leads. */
const SHOWN_LENGTH = 300

/**
 * Opens an address in the system's browser or mail program after the person has seen it and agreed. It is asked here
 * and not in the page, so that no page can skip it. The address has been checked.
 */
export async function openAfterAsking(
  address: string,
  window: BrowserWindow,
  texts: DialogTexts['openExternal'],
): Promise<void> {
  // As the system will read it: look-alike letters of other scripts become punycode.
  const { href } = new URL(address)
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: href.startsWith('mailto:') ? texts.mail : texts.web,
    detail: href.length > SHOWN_LENGTH ? `${href.slice(0, SHOWN_LENGTH)}…` : href,
    buttons: [texts.open, texts.cancel],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  })
  if (response === 0) await shell.openExternal(href)
}
