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
  /** ...nearly all that stays: 95 % of the cells that are not empty in the end, in it and in all that follow. */
  readonly pictureMs: number
  /** ...the same, drawn by the board itself, all that is in view painted, and the page free to react. */
  readonly readyMs: number
}

/** A canvas that has not changed for so many milliseconds is complete. */
const COMPLETE_MS = 2_500

/** A frame in which the picture was another than in the one before. */
export interface PictureFrame {
  /** From the click. */
  readonly ms: number
  /** Whether something is drawn in each cell. */
  readonly cells: readonly boolean[]
  /** What is on the screen: a picture of the board, the board while it says that it is busy, or the board. */
  readonly shows: 'nothing' | 'preview' | 'busy' | 'board'
}

/**
 * Clicks on `button` and notes how the place fills in which a board comes up then, from the click to the frames that the
 * screen has, until it is complete: the canvas of `surface` above the one of a picture of it, where they are there.
 */
export function clickAndWatch(
  page: Page,
  button: string,
  surface: string,
  previewCanvas: string,
): Promise<PictureFrame[]> {
  return page.evaluate(
    ([buttonSelector, surfaceSelector, previewSelector, completeMs]) => {
      // In CSS pixels from the canvas's top left corner, where the board stays when a notice makes the canvas lower.
      const [COLUMNS, ROWS, CELL] = [64, 40, 20]
      const button = document.querySelector<HTMLElement>(buttonSelector)
      if (button === null) throw new Error(`there is no ${buttonSelector}`)
      const copy = new OffscreenCanvas(COLUMNS, ROWS).getContext('2d', { willReadFrequently: true })
      if (copy === null) throw new Error('this browser cannot draw on a canvas')
      // A cell is the mean of its pixels, not one or two of them.
      copy.imageSmoothingQuality = 'medium'
      const frames: {
        ms: number
        cells: readonly boolean[]
        shows: 'nothing' | 'preview' | 'busy' | 'board'
      }[] = []
      const look = (lowestFirst: readonly (Element | null | undefined)[]): boolean[] => {
        copy.clearRect(0, 0, COLUMNS, ROWS)
        for (const canvas of lowestFirst) {
          if (!(canvas instanceof HTMLCanvasElement) || canvas.width < COLUMNS) continue
          const pixels = (CELL * canvas.width) / canvas.getBoundingClientRect().width
          copy.drawImage(canvas, 0, 0, COLUMNS * pixels, ROWS * pixels, 0, 0, COLUMNS, ROWS)
        }
        const { data } = copy.getImageData(0, 0, COLUMNS, ROWS)
        // The paper is what the corner shows.
        return Array.from({ length: COLUMNS * ROWS }, (_, cell) => {
          const differs = (channel: number): number =>
            Math.abs((data[4 * cell + channel] ?? 0) - (data[channel] ?? 0))
          // Beyond the canvas there is nothing.
          return data[4 * cell + 3] === 255 && differs(0) + differs(1) + differs(2) > 24
        })
      }
      const clicked = performance.now()
      button.click()
      return new Promise<typeof frames>((resolve) => {
        const frame = (): void => {
          // Not the time of the frame: where the page was busy, that is long past when the page gets to it.
          const ms = performance.now() - clicked
          const surface = document.querySelector(surfaceSelector)
          const preview = document.querySelector(previewSelector)
          const cells = look([preview, surface?.querySelector('canvas')])
          const board = surface?.ariaBusy === 'true' ? 'busy' : 'board'
          const shows = surface !== null ? board : preview !== null ? 'preview' : 'nothing'
          const last = frames.at(-1)
          const isOther = Array.from({ length: COLUMNS * ROWS }).some(
            (_, at) => (cells[at] ?? false) !== (last?.cells[at] ?? false),
          )
          if (isOther || shows !== (last?.shows ?? 'nothing')) frames.push({ ms, cells, shows })
          const changedAt = frames.at(-1)?.ms ?? Infinity
          if (ms - changedAt > completeMs) resolve(frames)
          else requestAnimationFrame(frame)
        }
        requestAnimationFrame(frame)
      })
    },
    [button, surface, previewCanvas, COMPLETE_MS] as const,
  )
}

/** What recorded frames say: each with the cells that something is drawn in. */
export function firstPictureOf(frames: readonly PictureFrame[]): FirstPicture {
  const last = frames.at(-1)
  if (last === undefined || !last.cells.includes(true)) throw new Error('nothing was drawn')
  const stays = last.cells.flatMap((isDrawn, at) => (isDrawn ? [at] : []))
  const share = (cells: readonly boolean[]): number =>
    stays.filter((at) => cells[at] === true).length / stays.length
  const first = frames.find(({ cells }) => cells.includes(true)) ?? last
  const lacking = frames.findLastIndex(({ cells }) => share(cells) < 0.95)
  const whole = frames.slice(lacking + 1)
  const ready = whole.find(({ shows }) => shows === 'board')
  if (ready === undefined) throw new Error('the board was busy to the end')
  return { firstMs: first.ms, pictureMs: (whole[0] ?? last).ms, readyMs: ready.ms }
}
