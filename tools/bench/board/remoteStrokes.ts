import { expect, type Page } from '@playwright/test'
import type { Point } from '../../../src/shared/board/shape'
import { endWatching, seenStrokes, watchStrokes } from './canvasProbe'
import type { Drawers } from './drawers'
import type { BoardTask } from './inkroom'
import { startOf, STARTS } from './lanes'
import { boardOf } from './manyShapes'
import { ALL_IN_VIEW, CANVAS, FULL_SIZE, settle, SURFACE } from './screen'

/**
 * Lets all draw for a time. Returns the milliseconds from each pen that came down to the frame that shows its point, of
 * drawers whose lanes are in view: fifteen are.
 */
export async function measureRemoteStrokes(page: Page, drawers: Drawers, task: BoardTask): Promise<number[]> {
  await page.getByTestId('tool-select').click()
  await page.locator(SURFACE).press(ALL_IN_VIEW)
  await page.locator(SURFACE).press(FULL_SIZE)
  await settle(page)
  const places = await placesOnScreen(page, task)
  await watchStrokes(page, CANVAS, places)
  drawers.draw()
  await page.waitForTimeout(task.watchMs)
  const began = (await drawers.rest()).slice(0, places.length)
  const count = began.flat().length
  await expect.poll(async () => (await seenStrokes(page)).flat().length, { timeout: 20_000 }).toBe(count)
  const seen = await seenStrokes(page)
  await endWatching(page)
  return delaysOf(began, seen)
}

/** Milliseconds from each beginning to the frame that showed it, both by drawer. */
export function delaysOf(
  began: readonly (readonly number[])[],
  seen: readonly (readonly number[])[],
): number[] {
  return began.flatMap((times, drawer) => {
    const frames = seen[drawer] ?? []
    if (frames.length !== times.length)
      throw new Error(`drawer ${drawer} began ${times.length} strokes, ${frames.length} were seen`)
    return times.map((time, at) => (frames[at] ?? Number.NaN) - time)
  })
}

/**
 * Where strokes of each drawer in view begin, in pixels of the canvas, at 100 % with the middle of the board in its middle.
 * Lanes go down the board, so those in view are the first ones.
 */
async function placesOnScreen(page: Page, { shapes, drawers }: BoardTask): Promise<Point[][]> {
  const { bounds } = boardOf(shapes)
  const size = await page.locator(SURFACE).boundingBox()
  if (bounds === undefined || size === null) throw new Error('there is no board')
  const dx = size.width / 2 - (bounds.x + bounds.width / 2)
  const dy = size.height / 2 - (bounds.y + bounds.height / 2)
  const lanes = Array.from({ length: drawers }, (_, drawer) =>
    Array.from({ length: STARTS }, (_, number) => {
      const { x, y } = startOf(shapes, drawer, number)
      return { x: x + dx, y: y + dy }
    }),
  )
  const isSeen = ({ x, y }: Point): boolean => x >= 0 && y >= 0 && x < size.width && y < size.height
  const beyond = lanes.findIndex((lane) => !lane.every(isSeen))
  return beyond < 0 ? lanes : lanes.slice(0, beyond)
}
