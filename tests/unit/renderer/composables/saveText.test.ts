import { nextTick, ref } from 'vue'
import { describe, expect, it } from 'vitest'
import type { ConnectionStatus, SaveState } from '../../../../src/client/status'
import { useSaveText } from '../../../../src/renderer/composables/useSaveText'
import { testApp, withSetup } from '../../../lib/withApp'

function saveText(initial: Partial<SaveState>) {
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
  const { result } = withSetup(app, () => useSaveText(state, status))
  const set = (next: Partial<SaveState>): Promise<void> => {
    state.value = { ...state.value, ...next }
    return nextTick()
  }
  return { app, status, set, text: result }
}

describe('the saved state', () => {
  it('names the version that is saved', () => {
    expect(saveText({ version: 124 }).text.value).toBe('Saved · version 124')
  })

  it('does not claim that an empty page is saved', () => {
    expect(saveText({}).text.value).toBe('Nothing written yet')
  })

  it('says that it is saving only when that takes a moment', async () => {
    const { app, set, text } = saveText({ version: 5 })
    await set({ unsent: 1 })
    expect(text.value).toBe('Saved · version 5')
    app.clock.advance(300)
    expect(text.value).toBe('Saving…')
    await set({ unsent: 0, version: 6 })
    expect(text.value).toBe('Saved · version 6')
  })

  it('never calls the first edit of a page saved before it is', async () => {
    const { set, text } = saveText({})
    await set({ unsent: 1 })
    expect(text.value).toBe('Saving…')
  })

  it('counts what was not sent while there is no connection', async () => {
    const { set, status, text } = saveText({ version: 5 })
    status.value = { state: 'reconnecting', retryAt: 0, attempt: 1, reason: undefined }
    await set({ unsent: 3 })
    expect(text.value).toBe('3 edits not sent')
    await set({ unsent: 1 })
    expect(text.value).toBe('One edit not sent')
  })

  it('says that the page is on its way', () => {
    expect(saveText({ loaded: false }).text.value).toBe('Loading…')
  })
})
