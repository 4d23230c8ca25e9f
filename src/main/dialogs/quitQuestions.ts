import { dialog, type BrowserWindow, type MessageBoxOptions } from 'electron'
import type { Guests } from '../quitting/guests'
import type { LastWindowAnswer } from '../quitting/quitGuard'
import type { DialogTexts } from './texts'

/** Asks whether to quit although people are connected. `window`: the one in front, if any. */
export async function askToQuit(
  texts: DialogTexts['quit'],
  guests: Guests,
  window: BrowserWindow | undefined,
): Promise<boolean> {
  return (await choose(texts, guests, [texts.quit, texts.cancel], window)) === 0
}

/** Asks whether to restart into a new version although people are connected. */
export async function askToRestart(
  texts: DialogTexts['restart'],
  guests: Guests,
  window: BrowserWindow | undefined,
): Promise<boolean> {
  return (await choose(texts, guests, [texts.restart, texts.cancel], window)) === 0
}

const LAST_WINDOW_ANSWERS: readonly LastWindowAnswer[] = ['keep-hosting', 'quit', 'cancel']

/** Asks what is to become of the rooms when the last window closes. */
export async function askAtLastWindow(
  texts: DialogTexts['quit'],
  guests: Guests,
  window: BrowserWindow | undefined,
): Promise<LastWindowAnswer> {
  const buttons = [texts.keepHosting, texts.quit, texts.cancel]
  return LAST_WINDOW_ANSWERS[await choose(texts, guests, buttons, window)] ?? 'cancel'
}

/** The last button cancels and is the one that Enter and Escape mean: who types must not cut off others. */
async function choose(
  { message, detail }: Pick<DialogTexts['quit'], 'message' | 'detail'>,
  guests: Guests,
  buttons: string[],
  window: BrowserWindow | undefined,
): Promise<number> {
  const last = buttons.length - 1
  const options: MessageBoxOptions = {
    type: 'warning',
    message: message(guests),
    detail,
    buttons,
    defaultId: last,
    cancelId: last,
    noLink: true,
  }
  const { response } =
    window === undefined ? await dialog.showMessageBox(options) : await dialog.showMessageBox(window, options)
  return response
}
