import type { Page } from '@playwright/test'
import process from 'node:process'
import { setTimeout } from 'node:timers/promises'
import { buildIfStale } from '../../../scripts/building.mjs'
import { electronEnvironment } from '../../../scripts/runtime.mjs'
import { DEFAULT_REPLICA_LIMITS } from '../../../src/client/replica/replicaOptions'
import { Board } from '../../../src/shared/board'
import { createShapes } from '../../../src/shared/board/ops'
import { restart, startAppFor, type AppUser } from '../../../tests/e2e/lib/appUser'
import { startServe, type ServeProcess } from '../../../tests/lib/serveProcess'
import { Participant, untilPage } from '../../lib/client/participant'
import { clickAndWatch, firstPictureOf, type FirstPicture } from './canvasProbe'
import { Drawers } from './drawers'
import type { Frames } from './frames'
import { describeShapes } from './manyShapes'
import { moveOver, type Motion } from './motions'
import { measureRemoteStrokes } from './remoteStrokes'
import { ALL_IN_VIEW, FULL_SIZE, PREVIEW_CANVAS, settle, SURFACE, WINDOW } from './screen'

export interface BoardTask {
  readonly shapes: number
  readonly drawers: number
  /** Milliseconds of each motion. */
  readonly motionMs: number
  /** Milliseconds for which the strokes of others are watched. */
  readonly watchMs: number
  /** How often the board is opened from the cache. */
  readonly opens: number
}

export interface BoardFigures {
  /** By what was done, while nobody else drew and while all did. */
  readonly alone: Readonly<Record<string, Frames>>
  readonly together: Readonly<Record<string, Frames>>
  /** Milliseconds from a pen that comes down in another process to the frame that shows it. */
  readonly remoteStrokes: readonly number[]
  readonly opened: readonly FirstPicture[]
}

const TITLE = 'Planning wall'

/** How long a person looks at the home screen before they open a room, ms. */
const LOOK_MS = 2_000

/** What is done, by name: the motion, and the key that brings the view it starts at. */
const MOTIONS: Readonly<Record<string, readonly [motion: Motion, view: string]>> = {
  'panning, all in view': ['pan', ALL_IN_VIEW],
  'zooming in and out, from all in view': ['zoomIn', ALL_IN_VIEW],
  'drawing, all in view': ['draw', ALL_IN_VIEW],
  'panning at 100 %': ['pan', FULL_SIZE],
  'zooming out and in, from 100 %': ['zoomOut', FULL_SIZE],
  'drawing at 100 %': ['draw', FULL_SIZE],
}

/** The built app with a large board of a room server, which others in another process draw on. */
export async function measureInkroom(task: BoardTask): Promise<BoardFigures> {
  await buildIfStale()
  Object.assign(process.env, electronEnvironment())
  const server = await startServe({ room: 'Bench', args: ['--log-level', 'warn'] })
  const link = server.line.room?.link ?? ''
  let user: AppUser | undefined
  let drawers: Drawers | undefined
  try {
    const pageId = await fillBoard(link, task.shapes)
    drawers = await Drawers.join(link, pageId, task.shapes, task.drawers)
    user = await startAppFor('Ada')
    const { app, person } = user
    await app.resize(WINDOW)
    await person.join(link)
    await person.board.surface.waitFor({ timeout: 120_000 })
    await settle(person.page)

    const alone = await performAll(person.page, task.motionMs)
    drawers.draw()
    const together = await performAll(person.page, task.motionMs)
    await drawers.rest()
    const remoteStrokes = await measureRemoteStrokes(person.page, drawers, task)
    await drawers.leave()
    await person.hasSaved()
    // Whoever leaves does so when nothing happens any more, and the app has made use of that.
    await setTimeout(LOOK_MS + DEFAULT_REPLICA_LIMITS.calmMs)
    await app.quit()
    await server.stop()
    const opened: FirstPicture[] = []
    for (let i = 0; i < task.opens; i++) {
      user = await restart(user)
      opened.push(await open(user))
      await user.app.quit()
    }
    return { alone, together, remoteStrokes, opened }
  } finally {
    drawers?.kill()
    await user?.app.dispose()
    await end(server)
  }
}

async function end(server: ServeProcess): Promise<void> {
  if (server.process.exitCode === null && server.process.signalCode === null) await server.kill()
}

/** Makes a board with so many shapes; returns its page id. */
async function fillBoard(link: string, shapes: number): Promise<string> {
  const maker = new Participant(link, { name: 'Maker' })
  const pageId = await maker.createPage(TITLE, 'board')
  const page = await maker.openBoard(pageId)
  page.edit(createShapes(new Board(page.content), describeShapes(shapes)))
  await untilPage(page, ({ unsent }) => unsent === 0, 'the shapes are committed', 60_000)
  await maker.leave()
  return pageId
}

async function performAll(page: Page, ms: number): Promise<Record<string, Frames>> {
  const all: Record<string, Frames> = {}
  for (const [name, [motion, view]] of Object.entries(MOTIONS)) {
    await page.getByTestId(motion === 'draw' ? 'tool-draw' : 'tool-select').click()
    await page.locator(SURFACE).press(view)
    await settle(page)
    all[name] = await moveOver(page, SURFACE, motion, ms)
    if (motion === 'draw') await takeBack(page)
  }
  return all
}

/** Takes what was drawn off the board again. */
async function takeBack(page: Page): Promise<void> {
  const undo = page.getByTestId('board-undo')
  while (await undo.isEnabled()) await undo.click()
}

async function open({ app, person }: AppUser): Promise<FirstPicture> {
  await app.resize(WINDOW)
  const button = '[data-testid="recent-rooms"] .room-open'
  await person.page.locator(button).waitFor()
  // Nobody clicks at once; meanwhile the app loads what a room needs.
  await setTimeout(LOOK_MS)
  return firstPictureOf(await clickAndWatch(person.page, button, SURFACE, PREVIEW_CANVAS))
}
