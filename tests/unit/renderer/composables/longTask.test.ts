import { describe, expect, it } from 'vitest'
import { useLongTask } from '../../../../src/renderer/composables/useLongTask'
import { testApp, withSetup } from '../../../lib/withApp'

describe('work that takes long', () => {
  it('goes on by itself after each pause, also where the clock of the app stands still', async () => {
    const app = testApp()
    const { result: doLongTask } = withSetup(app, useLongTask)
    const shown: string[] = []
    function* steps() {
      for (let step = 1; step <= 3; step++) {
        const end = performance.now() + 15
        while (performance.now() < end);
        shown.push(...app.notices.tasks.value.map(({ text }) => text))
        yield step / 3
      }
      return 'done'
    }
    expect(await doLongTask('Reading', steps())).toBe('done')
    expect(shown).toEqual(['Reading', 'Reading'])
    expect(app.notices.tasks.value).toEqual([])
  })
})
