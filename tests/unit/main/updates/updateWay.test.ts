import { expect, it } from 'vitest'
import { DIALOG_TEXTS } from '../../../../src/main/dialogs/texts'
import { updateAnswer } from '../../../../src/main/updates/updateAnswer'
import { updateWay } from '../../../../src/main/updates/updateWay'
import type { UpdateState } from '../../../../src/shared/ipc/updates'

it.each([
  ['win32', undefined, 'self'],
  ['darwin', undefined, 'self'],
  ['linux', '/home/ada/Inkroom.AppImage', 'self'],
  ['linux', undefined, 'system'],
] as const)('Y16: on %s, run from %s, new versions are installed by: %s', (platform, appImage, way) => {
  expect(updateWay({ platform, appImage, hasFeed: true })).toBe(way)
  expect(updateWay({ platform, appImage, hasFeed: false })).toBe('nobody')
})

it.each(['en', 'zh-CN'] as const)(
  'Y16: whoever looks for updates hears something for each outcome: %s',
  (locale) => {
    const state: UpdateState = { way: 'self', version: '0.1.0', automatic: true, step: { name: 'current' } }
    const states: UpdateState[] = [
      state,
      { ...state, step: { name: 'downloading', version: '0.2.0', done: 0 } },
      { ...state, step: { name: 'ready', version: '0.2.0' } },
      { ...state, step: { name: 'failed' } },
      { ...state, way: 'system' },
      { ...state, way: 'nobody' },
    ]
    const answers = states.map((each) => updateAnswer(each, DIALOG_TEXTS[locale].updates))
    expect(new Set(answers.map(({ message, detail }) => `${message} ${detail}`)).size).toBe(states.length)
    expect(answers[1]?.message).toContain('0.2.0')
  },
)
