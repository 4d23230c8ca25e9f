import type { Page } from '@playwright/test'

/** Content of the window, in pixels. */
export const WINDOW = { width: 1400, height: 900 }
/** The board of the app, and its canvas that has the shapes. */
export const SURFACE = '[data-testid="board-surface"]'
export const CANVAS = `${SURFACE} canvas`
/** Where a picture of the board is shown until the board itself is there. */
export const PREVIEW_CANVAS = '[data-testid="board-preview"] canvas'

/** Keys that bring all shapes, and 100 %, into view. */
export const ALL_IN_VIEW = 'Shift+Digit1'
export const FULL_SIZE = 'Shift+Digit0'

/** Lets what is left to paint be painted: tiles wait for a pause. Nothing on the page says when they are done. */
export async function settle(page: Page): Promise<void> {
  await page.waitForTimeout(800)
}
