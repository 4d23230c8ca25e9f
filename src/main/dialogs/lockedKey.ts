import { dialog } from 'electron'
import type { Locale } from '../../shared/settings'
import type { LockedKeyAnswer } from '../device/device'
import { DIALOG_TEXTS } from './texts'

const ANSWERS: readonly LockedKeyAnswer[] = ['try-again', 'new-identity', 'quit']

/**
 * Asks what to do about a device key that the system does not decrypt, or whose file `unreadable` it does not read. No
 * window has a page yet: they wait for the key.
 */
export async function askAboutLockedKey(locale: Locale, unreadable?: string): Promise<LockedKeyAnswer> {
  const texts = DIALOG_TEXTS[locale].lockedKey
  const { tryAgain, newIdentity, quit } = texts
  const { message, detail } = unreadable === undefined ? texts : texts.unreadable(unreadable)
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    message,
    detail,
    buttons: [tryAgain, newIdentity, quit],
    defaultId: 0,
    cancelId: 2,
    noLink: true,
  })
  return ANSWERS[response] ?? 'quit'
}
