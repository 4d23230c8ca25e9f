import { _electron, expect, type Page } from '@playwright/test'
import { join } from 'node:path'
import process from 'node:process'
import { electronEnvironment, isRoot } from '../../../scripts/runtime.mjs'
import { exportExcalidraw } from '../../../src/shared/board/excalidraw'
import type { Shape } from '../../../src/shared/board/shape'
import type { Frames } from './frames'
import { boardOf } from './manyShapes'
import { moveOver, type Motion } from './motions'
import { PEER_NAMES, type PeerName, type PeerState } from './peer'
import { servePeerPages } from './peerPages'
import { settle, WINDOW } from './screen'
import { tldrawShapes } from './tldrawShapes'

export interface PeerFigures {
  /** By what was done, as for Inkroom while nobody else draws: what was done in time. */
  readonly alone: Readonly<Record<string, Frames>>
  /** The zoom it has when it is asked to show all, 1 is 100 %; undefined where that was not done in time. */
  readonly zoomOfAll: number | undefined
}

/** What was measured of each, or why it was not. */
export type Peers = Readonly<Record<PeerName, PeerFigures | Error>>

interface PeerCanvas {
  /** The element that takes wheels and pointers. */
  readonly selector: string
  readonly shapes: (shapes: readonly Shape[]) => unknown
  /** As for {@link moveOver}, for a factor of about five from all in view and from 100 %. */
  readonly zoomPixels: Readonly<Record<'zoomIn' | 'zoomOut', number>>
}

const CANVASES: Readonly<Record<PeerName, PeerCanvas>> = {
  excalidraw: {
    selector: 'canvas.interactive',
    shapes: (shapes) =>
      (JSON.parse(exportExcalidraw(shapes, { picture: () => undefined })) as { elements: unknown }).elements,
    // Its zoom goes by steps, not by factors: from 10 % to 50 %, and from 100 % to 20 %.
    zoomPixels: { zoomIn: 20, zoomOut: 40 },
  },
  tldraw: { selector: '.tl-canvas', shapes: tldrawShapes, zoomPixels: { zoomIn: 80, zoomOut: 80 } },
}

/** What a canvas may take to come up, or to answer while it draws: some stand still for seconds. */
const PATIENCE_MS = 120_000

/** A canvas is given up then, in ms; what it has done until then counts. */
const LIMIT_MS = 10 * 60_000

/** What is done, by the names Inkroom's table has. What is slowest comes last. */
const MOTIONS: Readonly<Record<string, readonly [motion: Motion, view: 'all' | 'full']>> = {
  'panning at 100 %': ['pan', 'full'],
  'drawing at 100 %': ['draw', 'full'],
  'zooming out and in, from 100 %': ['zoomOut', 'full'],
  'panning, all in view': ['pan', 'all'],
  'drawing, all in view': ['draw', 'all'],
  'zooming in and out, from all in view': ['zoomIn', 'all'],
}

/** The canvases of others with the same shapes, in the same Electron, window and motions; without a network. */
export async function measurePeers(shapes: number, motionMs: number): Promise<Peers> {
  const { ordered } = boardOf(shapes)
  let server: Awaited<ReturnType<typeof servePeerPages>>
  try {
    server = await servePeerPages()
  } catch (error) {
    const reason = error instanceof Error ? error : new Error(String(error))
    return { excalidraw: reason, tldraw: reason }
  }
  try {
    const address = server.resolvedUrls?.local[0] ?? ''
    const results: Partial<Record<PeerName, PeerFigures | Error>> = {}
    for (const name of PEER_NAMES) {
      results[name] = await measurePeer(`${address}${name}.html`, CANVASES[name], ordered, motionMs).catch(
        (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
      )
    }
    return results as Peers
  } finally {
    await server.close()
  }
}

async function measurePeer(
  address: string,
  canvas: PeerCanvas,
  shapes: readonly Shape[],
  motionMs: number,
): Promise<PeerFigures> {
  Object.assign(process.env, electronEnvironment())
  const electron = await _electron.launch({
    args: [
      ...(isRoot() ? ['--no-sandbox'] : []),
      // Whatever a page asks for, it reaches nobody.
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
      join(import.meta.dirname, 'peerWindow'),
      ...[address, WINDOW.width, WINDOW.height].map(String),
    ],
    chromiumSandbox: !isRoot(),
    colorScheme: null,
  })
  const alone: Record<string, Frames> = {}
  let zoomOfAll: number | undefined
  let isLate = false
  const limit = setTimeout(() => {
    isLate = true
    electron.process().kill('SIGKILL')
  }, LIMIT_MS)
  try {
    const page = await electron.firstWindow()
    await page.waitForFunction(() => window.peer !== undefined, undefined, { timeout: PATIENCE_MS })
    await page.evaluate((given) => window.peer?.show(given), canvas.shapes(shapes))
    await settle(page)
    for (const [name, [motion, view]] of Object.entries(MOTIONS))
      alone[name] = await perform(page, canvas, motion, view, motionMs)
    await page.evaluate(() => window.peer?.view('all'))
    zoomOfAll = (await stateOf(page)).zoom
  } catch (error) {
    if (!isLate) throw error
    if (Object.keys(alone).length === 0)
      throw new Error(`it did nothing within ${LIMIT_MS / 60_000} minutes`, { cause: error })
  } finally {
    clearTimeout(limit)
    await electron.close()
  }
  return { alone, zoomOfAll }
}

async function perform(
  page: Page,
  { selector, zoomPixels }: PeerCanvas,
  motion: Motion,
  view: 'all' | 'full',
  ms: number,
): Promise<Frames> {
  const tool = motion === 'draw' ? ('draw' as const) : ('select' as const)
  await page.evaluate((name) => window.peer?.tool(name), tool)
  await page.evaluate((name) => window.peer?.view(name), view)
  await settle(page)
  const before = await stateOf(page)
  const pixels = motion === 'zoomIn' || motion === 'zoomOut' ? zoomPixels[motion] : undefined
  const moving = moveOver(page, selector, motion, ms, pixels)
  // A canvas that does not react at all would be fast. One that is slow answers when it has time.
  await expect.poll(() => stateOf(page), { timeout: PATIENCE_MS }).not.toEqual(before)
  const frames = await moving
  if (motion === 'draw') await page.evaluate(() => window.peer?.takeBack())
  return frames
}

async function stateOf(page: Page): Promise<PeerState> {
  const state = await page.evaluate(() => window.peer?.state())
  if (state === undefined) throw new Error('this is no page of a peer')
  return state
}
