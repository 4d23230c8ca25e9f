import { Text } from '@codemirror/state'
import { nextTick, shallowRef } from 'vue'
import { describe, expect, it } from 'vitest'
import { nameProblem, Preferences } from '../../../../src/renderer/app/preferences'
import { describeKeys, shortcutOf, SHORTCUTS, type KeyPress } from '../../../../src/renderer/app/shortcuts'
import { countWords } from '../../../../src/renderer/composables/countWords'
import { groupByPerson } from '../../../../src/renderer/composables/usePeople'
import { useWordCount } from '../../../../src/renderer/composables/useWordCount'
import { isDense } from '../../../../src/renderer/bindings/text/density'
import type { Person } from '../../../../src/shared/protocol/values'
import { FakePlatform } from '../../../lib/fakePlatform'
import { testApp, withSetup } from '../../../lib/withApp'

describe('words', () => {
  it.each([
    ['', 0],
    ['one two  three', 3],
    ['don’t stop-gap 3.5', 4],
    ['我们写字', 4],
    ['我们 write 字', 4],
    ['# heading, *bold*', 2],
    ['naïve café', 2],
  ])('of %j are %i', (line, count) => {
    expect(countWords(line)).toBe(count)
  })

  it('are counted in pauses, the newest text only', async () => {
    const app = testApp()
    const text = shallowRef<Text | undefined>(Text.of(['one two']))
    const { result } = withSetup(app, () => useWordCount(text, app.clock))
    app.clock.advance(0)
    expect(result.value).toBe(2)
    text.value = Text.of(['one two three'])
    await nextTick()
    text.value = Text.of(['one two three four'])
    await nextTick()
    expect(result.value).toBe(2)
    app.clock.advance(250)
    expect(result.value).toBe(4)
  })

  it('of a long text are counted in stretches', () => {
    const app = testApp()
    const text = shallowRef<Text | undefined>(Text.of(Array.from({ length: 50_000 }, () => 'one two three')))
    const { result } = withSetup(app, () => useWordCount(text, app.clock))
    expect(app.clock.waiting).toBe(1)
    app.clock.advance(0)
    app.clock.advance(0)
    expect(result.value).toBe(150_000)
  })
})

describe('people in a room', () => {
  const session = (personId: string, sessionId: string, name: string): Person => ({
    deviceId: sessionId,
    personId,
    sessionId,
    name,
    colour: 1,
    role: 'editor',
  })

  it('are one for all windows of all their devices, oneself first', () => {
    const people = [
      session('ben', 'b1', 'Ben'),
      session('anna', 'a1', 'Anna'),
      session('ben', 'b2', 'Ben'),
      session('anna', 'a2', 'Anna'),
    ]
    const shown = groupByPerson(people, 'a2')
    expect(shown.map(({ name, isSelf, sessionIds }) => [name, isSelf, sessionIds])).toEqual([
      ['Anna', true, ['a1', 'a2']],
      ['Ben', false, ['b1', 'b2']],
    ])
  })
})

describe('a name', () => {
  it.each([
    ['Anna', undefined],
    ['  李雷 ', undefined],
    ['', 'missing'],
    ['   ', 'missing'],
    ['a\u0007b', 'missing'],
    ['x'.repeat(61), 'too-long'],
  ])('%j: %s', (name, problem) => {
    expect(nameProblem(name)).toBe(problem)
  })
})

describe('preferences', () => {
  it('apply at once and are stored in the order they were made', async () => {
    const platform = new FakePlatform()
    const preferences = new Preferences(platform.settings, platform.storedSettings)
    const first = preferences.change({ name: 'Ben' })
    const second = preferences.change({ theme: 'dark' })
    expect(preferences.profile.value.name).toBe('Ben')
    await Promise.all([first, second])
    expect(platform.storedSettings).toMatchObject({ name: 'Ben', theme: 'dark' })
  })

  it('say when they could not be stored, until they can', async () => {
    const platform = new FakePlatform()
    let fails = true
    const preferences = new Preferences(
      {
        onChange: () => () => undefined,
        load: platform.settings.load,
        save: () => (fails ? Promise.reject(new Error('full')) : Promise.resolve()),
      },
      platform.storedSettings,
    )
    await preferences.change({ colour: 2 })
    expect(preferences.saveFailed.value).toBe(true)
    fails = false
    await preferences.change({ colour: 3 })
    expect(preferences.saveFailed.value).toBe(false)
  })
})

describe('shortcuts', () => {
  const press = (code: string, modifiers: Partial<KeyPress> = {}): KeyPress => ({
    code,
    key: code,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    ...modifiers,
  })

  it('use Ctrl, and Command on a Mac', () => {
    expect(shortcutOf(press('KeyS', { ctrlKey: true }), false)).toBe('saveFile')
    expect(shortcutOf(press('KeyS', { metaKey: true }), true)).toBe('saveFile')
    expect(shortcutOf(press('KeyS', { ctrlKey: true }), true)).toBeUndefined()
    expect(shortcutOf(press('KeyS', { ctrlKey: true, metaKey: true }), false)).toBeUndefined()
  })

  it('tell modifiers apart', () => {
    expect(shortcutOf(press('KeyS', { ctrlKey: true, shiftKey: true }), false)).toBe('exportFile')
    expect(shortcutOf(press('KeyS'), false)).toBeUndefined()
    expect(shortcutOf(press('F1'), false)).toBe('help')
  })

  it('have no two actions on one combination', () => {
    const combinations = Object.values(SHORTCUTS).map((keys) => JSON.stringify({ alt: false, ...keys }))
    expect(new Set(combinations).size).toBe(combinations.length)
  })

  it('are written as people know them', () => {
    const t = (key: string): string => key.replace('keys.', '')
    expect(describeKeys({ mod: true, shift: true, key: 'KeyS' }, false, t)).toBe('ctrl+shift+S')
    expect(describeKeys({ mod: true, key: 'Backslash' }, true, t)).toBe('command \\')
  })
})

describe('a text too dense for Markdown', () => {
  it('is one with a long part without an empty line', () => {
    expect(isDense(Text.of(Array.from({ length: 10_000 }, () => 'x'.repeat(60))))).toBe(true)
    expect(isDense(Text.of(['x'.repeat(400_000)]))).toBe(true)
  })

  it('is not one with paragraphs, however long', () => {
    expect(
      isDense(Text.of(Array.from({ length: 40_000 }, (_, i) => (i % 5 === 0 ? '' : 'x'.repeat(60))))),
    ).toBe(false)
  })
})
