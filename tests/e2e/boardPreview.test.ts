import { expect, test, type Page } from '@playwright/test'
import { writeFile } from 'node:fs/promises'
import { clickAndWatch } from '../../tools/bench/board/canvasProbe'
import { PREVIEW_CANVAS, SURFACE } from '../../tools/bench/board/screen'
import { flowChart } from '../screenshots/boards/flowChart'
import { restart, startAppFor } from './lib/appUser'

/** How many pictures of boards the app keeps, which has its database open by then. */
function keptPreviews(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('inkroom-previews')
        opening.onerror = () => reject(opening.error ?? new Error('no database'))
        opening.onsuccess = () => {
          const database = opening.result
          const counting = database.transaction('pictures').objectStore('pictures').count()
          counting.onsuccess = () => {
            database.close()
            resolve(counting.result)
          }
        }
      }),
  )
}

/** Keeps what the place of the picture looks like when it is first drawn; read by `window.seenPreview`. */
function notePreview(page: Page): Promise<void> {
  return page.evaluate((selector) => {
    const watch = (): void => {
      const canvas = document.querySelector(selector)
      if (canvas instanceof HTMLCanvasElement) Object.assign(window, { seenPreview: canvas.toDataURL() })
      else requestAnimationFrame(watch)
    }
    requestAnimationFrame(watch)
  }, PREVIEW_CANVAS)
}

test('X27: a board is seen before it has been read', async () => {
  // Pictures are kept for each theme; in the dark one a frame of something else would be seen most.
  let user = await startAppFor('Anna', { theme: 'dark' })
  try {
    const { person } = user
    await person.host()
    await person.board.createFirst()
    await person.board.paste(flowChart())
    await person.board.has(flowChart().length)
    await expect.poll(() => keptPreviews(person.page), { timeout: 20_000 }).toBe(1)
    await user.app.quit()

    user = await restart(user)
    const { page, board } = user.person
    const button = '[data-testid="recent-rooms"] .room-open'
    await page.locator(button).waitFor()
    await notePreview(page)
    const frames = await clickAndWatch(page, button, SURFACE, PREVIEW_CANVAS)
    // What a person would look at first where this fails.
    const seen = await page.evaluate(() => String(Reflect.get(window, 'seenPreview')))
    await writeFile(test.info().outputPath('preview.png'), Buffer.from(seen.split(',')[1] ?? '', 'base64'))
    await writeFile(test.info().outputPath('board.png'), await board.picture())

    const inked = (cells: readonly boolean[]): number => cells.filter((isDrawn) => isDrawn).length
    const all = inked(frames.at(-1)?.cells ?? [])
    const first = frames.findIndex(({ cells }) => inked(cells) > 0)
    expect(frames[first]?.shows).toBe('preview')
    // It stays until the board is there, without a frame of bare paper in between.
    const seenAs = frames
      .map(({ ms, shows, cells }) => `${Math.round(ms)} ${shows} ${inked(cells)}`)
      .join(', ')
    for (const { cells } of frames.slice(first)) expect(inked(cells), seenAs).toBeGreaterThan(0.8 * all)
    expect(frames.at(-1)?.shows).toBe('board')
    await board.has(flowChart().length)
  } finally {
    await user.app.dispose()
  }
})
