import { dialog } from 'electron'
import type { Locale } from '../../shared/settings'
import type { LockedKeyAnswer } from '../device/device'
import { DIALOG_TEXTS } from './texts'

const ANSWERS: readonly LockedKeyAnswer[] = ['try-again', 'new-identity', 'quit']

/** Asks what to do about a device key that the system does not decrypt. There is no window yet. */
export async function askAboutLockedKey(locale: Locale): Promise<LockedKeyAnswer> {
  const { message, detail, tryAgain, newIdentity, quit } = DIALOG_TEXTS[locale].lockedKey
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
