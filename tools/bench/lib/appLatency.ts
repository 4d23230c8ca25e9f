import type { EditorView } from '@codemirror/view'
import type { Page } from '@playwright/test'
import process from 'node:process'
import { buildIfStale } from '../../../scripts/building.mjs'
import { electronEnvironment } from '../../../scripts/runtime.mjs'
import { startAppFor } from '../../../tests/e2e/lib/appUser'
import { haveSameText, type Participant } from '../../../tests/e2e/lib/participant'
import type { Typing } from '../latency'
import { summarise, type Latencies } from './latencies'

/** Keys before those that count: code gets compiled, connections warm. */
const WARM_UP_KEYS = 30
const LETTERS = 'the quick brown fox jumps over the lazy dog '

/** Times in a page, milliseconds since 1970: of each key pressed, or of each frame in which so many characters stood. */
interface Recorder {
  pressed: number[]
  shown: number[]
}

declare global {
  interface Window {
    latencyRecorder?: Recorder
  }
}

/** CodeMirror's content element leads to its view. */
interface ContentElement extends Element {
  readonly cmTile?: { readonly root: { readonly view: EditorView } }
}

/**
 * Two apps, one hosting. From the key event in one window to the first frame that the other window draws after its
 * editor shows the character.
 */
export async function measureApp(typing: Typing): Promise<Record<string, Latencies>> {
  await buildIfStale()
  Object.assign(process.env, electronEnvironment())
  const host = await startAppFor('Ada')
  const guest = await startAppFor('Bob', { colour: 4 })
  try {
    await host.person.host()
    await guest.person.join(await host.person.invitation())
    await host.person.createFirstPage()
    await guest.person.hasPage()
    return {
      'the host types': summarise(await type(host.person, guest.person, typing)),
      'the guest types': summarise(await type(guest.person, host.person, typing)),
    }
  } finally {
    await guest.app.dispose()
    await host.app.dispose()
  }
}

async function type(from: Participant, to: Participant, { keys, intervalMs }: Typing): Promise<number[]> {
  const count = WARM_UP_KEYS + keys
  await from.editor.goToEnd()
  await recordKeys(from.page)
  await recordFrames(to.page)
  const text = LETTERS.repeat(Math.ceil(count / LETTERS.length)).slice(0, count)
  await from.editor.type(text, intervalMs)
  await haveSameText([from, to])
  const { pressed } = await recorded(from.page)
  const { shown } = await recorded(to.page)
  if (pressed.length !== count || shown.length !== count) {
    throw new Error(`${count} keys, ${pressed.length} noticed, ${shown.length} shown`)
  }
  return shown.map((time, key) => time - (pressed[key] ?? 0)).slice(WARM_UP_KEYS)
}

/** Notes the time of each key pressed. */
async function recordKeys(page: Page): Promise<void> {
  await page.evaluate(() => {
    const recorder: Recorder = { pressed: [], shown: [] }
    window.latencyRecorder = recorder
    const note = (event: KeyboardEvent): void => {
      if (window.latencyRecorder === recorder) recorder.pressed.push(performance.timeOrigin + event.timeStamp)
      else window.removeEventListener('keydown', note, true)
    }
    window.addEventListener('keydown', note, true)
  })
}

/** Notes for each further character the time of the first frame drawn with it. */
async function recordFrames(page: Page): Promise<void> {
  await page.getByTestId('editor').evaluate((element: ContentElement) => {
    const view = element.cmTile?.root.view
    if (view === undefined) throw new Error('this is no content of CodeMirror')
    const recorder: Recorder = { pressed: [], shown: [] }
    window.latencyRecorder = recorder
    const start = view.state.doc.length
    const observer = new MutationObserver(() => {
      if (window.latencyRecorder !== recorder) return observer.disconnect()
      // What the document holds when its elements change is what the next frame draws.
      const count = view.state.doc.length - start
      requestAnimationFrame(() => {
        const now = performance.timeOrigin + performance.now()
        while (recorder.shown.length < count) recorder.shown.push(now)
      })
    })
    observer.observe(element, { childList: true, characterData: true, subtree: true })
  })
}

function recorded(page: Page): Promise<Recorder> {
  return page.evaluate(() => {
    if (window.latencyRecorder === undefined) throw new Error('nothing was recorded')
    return window.latencyRecorder
  })
}
