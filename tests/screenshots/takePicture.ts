import { expect, type Page } from '@playwright/test'
import { mkdir, stat } from 'node:fs/promises'

const FOLDER = 'docs/images'
/** Pictures stand in README.md, which people load over a network. */
const MAX_BYTES = 300_000

/** Size of the app's window on the pictures, in pixels. */
export const WINDOW = { width: 1280, height: 800 }

/** Takes a picture of a window for README.md. */
export async function takePicture(page: Page, name: string): Promise<void> {
  await mkdir(FOLDER, { recursive: true })
  const path = `${FOLDER}/${name}.png`
  // Names at carets fade by an animation, which therefore has to go on. The own caret blinks: not on a picture.
  await page.screenshot({ path, style: '.cm-cursorLayer { visibility: visible !important }' })
  expect((await stat(path)).size, `${path} is too large`).toBeLessThan(MAX_BYTES)
}
