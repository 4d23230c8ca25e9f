import type { Page } from '@playwright/test'
import type { Point } from '../../../src/shared/board/shape'

/** What {@link watchStrokes} leaves in the page. */
interface StrokeWatch {
  /** For each lane: milliseconds since 1970 of the frames in which another stroke was there. */
  readonly seen: number[][]
  isStopped: boolean
}

declare global {
  interface Window {
    strokeWatch?: StrokeWatch
  }
}

/**
 * Notes each frame in which a stroke has come up at one of the places of a lane, in CSS pixels of a canvas: from the
 * canvas as the screen has it, one frame after it was painted.
 */
export async function watchStrokes(
  page: Page,
  canvas: string,
  lanes: readonly (readonly Point[])[],
): Promise<void> {
  await page.evaluate(
    ([selector, places]) => {
      const canvas = document.querySelector(selector)
      if (!(canvas instanceof HTMLCanvasElement)) throw new Error(`there is no canvas ${selector}`)
      const density = canvas.width / canvas.getBoundingClientRect().width
      const points = places.flat()
      const copy = new OffscreenCanvas(points.length, 1).getContext('2d', { willReadFrequently: true })
      if (copy === null) throw new Error('this browser cannot draw on a canvas')
      const watch: StrokeWatch = { seen: places.map(() => []), isStopped: false }
      /** Redder than any paper: strokes of drawers are red. */
      const look = (): boolean[] => {
        points.forEach(({ x, y }, at) =>
          copy.drawImage(canvas, Math.round(x * density), Math.round(y * density), 1, 1, at, 0, 1, 1),
        )
        const { data } = copy.getImageData(0, 0, points.length, 1)
        return points.map((_, at) => (data[4 * at] ?? 0) - (data[4 * at + 1] ?? 0) > 60)
      }
      let seen = look()
      if (seen.includes(true)) throw new Error('there is a stroke where one is to begin')
      const frame = (time: number): void => {
        if (watch.isStopped) return
        const now = look()
        let at = 0
        for (const [lane, starts] of places.entries())
          for (let i = 0; i < starts.length; i++, at++)
            if (now[at] === true && seen[at] === false) watch.seen[lane]?.push(performance.timeOrigin + time)
        seen = now
        requestAnimationFrame(frame)
      }
      requestAnimationFrame(frame)
      window.strokeWatch = watch
    },
    [canvas, lanes] as const,
  )
}

/** For each lane when its strokes came up so far. */
export function seenStrokes(page: Page): Promise<number[][]> {
  return page.evaluate(() => window.strokeWatch?.seen ?? [])
}

export function endWatching(page: Page): Promise<void> {
  return page.evaluate(() => {
    if (window.strokeWatch !== undefined) window.strokeWatch.isStopped = true
  })
}

/** How a canvas filled: milliseconds from a click to the first frame with... */
export interface FirstPicture {
  /** ...anything on it. */
  readonly firstMs: number
  /** ...nearly all that stays: 95 % of the cells that are not empty in the end. */
  readonly pictureMs: number
}

/** A canvas that has not changed for so many milliseconds is complete. */
const COMPLETE_MS = 2_500

/**
 * Clicks on `button` and notes how the canvas fills that comes up then, from the click to the frames that the screen
 * has, until it is complete.
 */
export async function clickForPicture(page: Page, button: string, canvas: string): Promise<FirstPicture> {
  const found = await page.evaluate(
    ([buttonSelector, canvasSelector, completeMs]) => {
      const [COLUMNS, ROWS] = [64, 40]
      const button = document.querySelector<HTMLElement>(buttonSelector)
      if (button === null) throw new Error(`there is no ${buttonSelector}`)
      const copy = new OffscreenCanvas(COLUMNS, ROWS).getContext('2d', { willReadFrequently: true })
      if (copy === null) throw new Error('this browser cannot draw on a canvas')
      const frames: { ms: number; cells: readonly boolean[] }[] = []
      const look = (): boolean[] => {
        const canvas = document.querySelector(canvasSelector)
        if (!(canvas instanceof HTMLCanvasElement) || canvas.width < COLUMNS) return []
        copy.drawImage(canvas, 0, 0, COLUMNS, ROWS)
        const { data } = copy.getImageData(0, 0, COLUMNS, ROWS)
        // The paper is what the corner shows.
        return Array.from({ length: COLUMNS * ROWS }, (_, cell) => {
          const differs = (channel: number): number =>
            Math.abs((data[4 * cell + channel] ?? 0) - (data[channel] ?? 0))
          return differs(0) + differs(1) + differs(2) > 24
        })
      }
      const clicked = performance.now()
      button.click()
      return new Promise<{ ms: number; cells: readonly boolean[] }[]>((resolve) => {
        const frame = (time: number): void => {
          const cells = look()
          const last = frames.at(-1)
          if (cells.some((isDrawn, at) => isDrawn !== (last?.cells[at] ?? false)))
            frames.push({ ms: time - clicked, cells })
          const changedAt = frames.at(-1)?.ms ?? Infinity
          if (time - clicked - changedAt > completeMs) resolve(frames)
          else requestAnimationFrame(frame)
        }
        requestAnimationFrame(frame)
      })
    },
    [button, canvas, COMPLETE_MS] as const,
  )
  return firstPictureOf(found)
}

/** What recorded frames say: each with the cells that something is drawn in. */
export function firstPictureOf(
  frames: readonly { readonly ms: number; readonly cells: readonly boolean[] }[],
): FirstPicture {
  const last = frames.at(-1)
  if (last === undefined || !last.cells.includes(true)) throw new Error('nothing was drawn')
  const stays = last.cells.flatMap((isDrawn, at) => (isDrawn ? [at] : []))
  const share = (cells: readonly boolean[]): number =>
    stays.filter((at) => cells[at] === true).length / stays.length
  const first = frames.find(({ cells }) => cells.includes(true)) ?? last
  const picture = frames.find(({ cells }) => share(cells) >= 0.95) ?? last
  return { firstMs: first.ms, pictureMs: picture.ms }
}
