import { dialog, type BrowserWindow } from 'electron'
import type { DialogTexts } from '../dialogs/texts'

/**
 * Asks what is to become of a page that does not answer: it may be busy, or hang for ever. The question goes away when
 * the page answers again.
 */
export function askAboutHungPage(window: BrowserWindow, texts: () => DialogTexts): void {
  const { webContents } = window
  let question: AbortController | undefined
  webContents.on('unresponsive', () => {
    if (question !== undefined) return
    question = new AbortController()
    void ask(window, texts(), question.signal).finally(() => {
      question = undefined
    })
  })
  webContents.on('responsive', () => question?.abort())
}

async function ask(window: BrowserWindow, { hungPage }: DialogTexts, signal: AbortSignal): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message: hungPage.message,
    detail: hungPage.detail,
    buttons: [hungPage.wait, hungPage.reload],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
    signal,
  })
  // A page that is busy cannot be told to load: its process is ended, and who watches for crashes loads it again.
  if (response === 1 && !window.isDestroyed()) window.webContents.forcefullyCrashRenderer()
}
