import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import process from 'node:process'
import { setTimeout } from 'node:timers/promises'
import { isRoot } from '../../../scripts/runtime.mjs'
import { Participant } from '../../../tests/e2e/lib/participant'
import { ProgramWithPages } from '../../../tests/lib/programWithPages'
import { makeHome, removeHome } from '../../../tests/package/installedApp'
import type { MeasuredApp } from './apps'
import { processTree, type ProcessUse } from './processTree'

/** One start of an app. */
export interface Start {
  /** Milliseconds from asking for the process to a frame with a button that can be pressed. */
  readonly shownMs: number
  /** ...and to the frame that shows what pressing it has done. */
  readonly reactedMs: number
  /** Milliseconds of processor time that all its processes had used by then, whatever else the machine did. */
  readonly cpuMs: number
}

export interface Starts {
  /** With a home folder that holds nothing but a name. */
  readonly first: Start
  /** With nothing of the program in memory; undefined where this process may not empty the page cache. */
  readonly cold: readonly Start[] | undefined
  readonly warm: readonly Start[]
}

/** What an app holds when nobody does anything. */
export interface Idle {
  readonly home: readonly ProcessUse[]
  /** With a room that this app hosts open; undefined of an app without rooms. */
  readonly room: readonly ProcessUse[] | undefined
}

declare global {
  interface Window {
    /** Milliseconds since 1970 at which the first button was there. */
    firstButtonAt?: number
  }
}

const DROP_CACHES = '/proc/sys/vm/drop_caches'

export async function measureStarts(app: MeasuredApp, runs: number): Promise<Starts> {
  const home = await makeHome('Anna')
  try {
    const first = await startOnce(app, home)
    const cold: Start[] = []
    const warm: Start[] = []
    for (let run = 0; run < runs; run++) {
      if (emptyPageCache()) cold.push(await startOnce(app, home))
      warm.push(await startOnce(app, home))
    }
    return { first, cold: cold.length > 0 ? cold : undefined, warm }
  } finally {
    await removeHome(home)
  }
}

/** What the app holds after so many milliseconds of rest, on the home screen and in a room. */
export async function measureIdle(app: MeasuredApp, restMs: number, hasRooms: boolean): Promise<Idle> {
  const home = await makeHome('Anna')
  const running = await ProgramWithPages.start(app.startIn(home))
  try {
    const { page, main } = running
    const rest = async (): Promise<ProcessUse[]> => {
      await setTimeout(restMs)
      return processTree(main.pid ?? 0)
    }
    await page.locator('#app button:enabled').first().waitFor()
    const atHome = await rest()
    if (!hasRooms) return { home: atHome, room: undefined }
    await new Participant(page).host()
    return { home: atHome, room: await rest() }
  } finally {
    await running.kill()
    await removeHome(home)
  }
}

async function startOnce(app: MeasuredApp, home: string): Promise<Start> {
  const running = await ProgramWithPages.start(app.startIn(home))
  try {
    const reacted = await running.page.waitForFunction(pressFirstButton, undefined, { polling: 'raf' })
    const cpuMs = processTree(running.main.pid ?? 0).reduce((sum, each) => sum + each.cpuMs, 0)
    const reactedAt = await reacted.jsonValue()
    const shownAt = await running.page.evaluate(() => window.firstButtonAt ?? Number.NaN)
    await running.quit()
    return { shownMs: shownAt - running.startedAt, reactedMs: reactedAt - running.startedAt, cpuMs }
  } finally {
    await running.kill()
  }
}

/**
 * Runs in the page in each frame, until the first button was pressed and has brought up a dialog. Milliseconds since 1970
 * then, 0 before.
 */
function pressFirstButton(): number {
  const now = performance.timeOrigin + performance.now()
  if (window.firstButtonAt !== undefined) return document.querySelector('[role="dialog"]') === null ? 0 : now
  const button = document.querySelector<HTMLButtonElement>('#app button:enabled')
  if (button !== null) {
    window.firstButtonAt = now
    button.click()
  }
  return 0
}

/** Makes Linux forget what it has read from disk. False where it does not let us. */
function emptyPageCache(): boolean {
  if (process.platform !== 'linux' || !isRoot()) return false
  try {
    // What is not written yet cannot be forgotten.
    spawnSync('sync')
    writeFileSync(DROP_CACHES, '3')
    return true
  } catch {
    // A container may keep its root from it.
    return false
  }
}
