import { dialog, type BrowserWindow } from 'electron'
import type { DialogTexts } from '../dialogs/texts'

/** A page that crashes again within this time is not loaded again by itself, milliseconds. */
const CALM_MS = 60_000

/**
 * Loads a page again whose process has crashed: what was written is in the cache. One that crashes again soon asks
 * first, so that it does not crash for ever.
 */
export function reviveCrashedPage(window: BrowserWindow, texts: () => DialogTexts): void {
  const { webContents } = window
  let lastCrash = -Infinity
  webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return
    const now = performance.now()
    const isFirst = now - lastCrash > CALM_MS
    lastCrash = now
    if (isFirst) webContents.reload()
    else void askToReload(window, texts())
  })
}

async function askToReload(window: BrowserWindow, { crashedPage }: DialogTexts): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message: crashedPage.message,
    detail: crashedPage.detail,
    buttons: [crashedPage.reload, crashedPage.close],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  })
  if (window.isDestroyed()) return
  if (response === 0) window.webContents.reload()
  else window.close()
}
