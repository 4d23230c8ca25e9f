import { nextTick, ref } from 'vue'
import { describe, expect, it } from 'vitest'
import type { ConnectionStatus, SaveState } from '../../../../src/client/status'
import { useSaveLine } from '../../../../src/renderer/composables/useSaveLine'
import { testApp, withSetup } from '../../../lib/withApp'

function saveLine(initial: Partial<SaveState>) {
  const app = testApp()
  const state = ref<SaveState>({
    version: 0,
    unsent: 0,
    loaded: true,
    synced: true,
    problem: undefined,
    ...initial,
  })
  const status = ref<ConnectionStatus>({ state: 'connected', role: 'editor' })
  const { result } = withSetup(app, () => useSaveLine(state, status))
  const set = (next: Partial<SaveState>): Promise<void> => {
    state.value = { ...state.value, ...next }
    return nextTick()
  }
  return { app, status, set, line: result, text: result.text }
}

describe('the saved state', () => {
  it('names the version that is saved', () => {
    expect(saveLine({ version: 124 }).text.value).toBe('Saved · version 124')
  })

  it('does not claim that an empty page is saved', () => {
    expect(saveLine({}).text.value).toBe('Nothing here yet')
  })

  it('says that it is saving only when that takes a moment', async () => {
    const { app, set, text } = saveLine({ version: 5 })
    await set({ unsent: 1 })
    expect(text.value).toBe('Saved · version 5')
    app.clock.advance(300)
    expect(text.value).toBe('Saving…')
    await set({ unsent: 0, version: 6 })
    expect(text.value).toBe('Saved · version 6')
  })

  it('shows the cloud only when saving takes a moment: a stroke is saved in each frame', async () => {
    const { app, set, line } = saveLine({ version: 5 })
    await set({ unsent: 1 })
    expect([line.phase.value, line.unsent.value]).toEqual(['saved', 1])
    app.clock.advance(300)
    expect(line.phase.value).toBe('saving')
  })

  it('names a version at once after a rest, and then the newest each quarter of a second', async () => {
    const { app, set, text } = saveLine({ version: 5 })
    const seen: string[] = []
    for (let version = 6; version <= 30; version++) {
      await set({ version })
      seen.push(text.value)
      app.clock.advance(20)
    }
    expect(seen[0]).toBe('Saved · version 6')
    expect(new Set(seen).size).toBe(2)
    app.clock.advance(250)
    expect(text.value).toBe('Saved · version 30')
    app.clock.advance(250)
    await set({ version: 31 })
    expect(text.value).toBe('Saved · version 31')
  })

  it('never calls the first edit of a page saved before it is', async () => {
    const { set, text } = saveLine({})
    await set({ unsent: 1 })
    expect(text.value).toBe('Saving…')
  })

  it('counts what was not sent while there is no connection', async () => {
    const { set, status, text } = saveLine({ version: 5 })
    status.value = { state: 'reconnecting', retryAt: 0, attempt: 1, reason: undefined }
    await set({ unsent: 3 })
    expect(text.value).toBe('3 edits not sent')
    await set({ unsent: 1 })
    expect(text.value).toBe('One edit not sent')
  })

  it('says that the page is on its way', () => {
    expect(saveLine({ loaded: false }).text.value).toBe('Loading…')
  })
})
