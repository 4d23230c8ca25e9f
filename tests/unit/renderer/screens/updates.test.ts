import { flushPromises } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import SettingsDialog from '../../../../src/renderer/components/SettingsDialog.vue'
import HomeScreen from '../../../../src/renderer/screens/HomeScreen.vue'
import { FakePlatform } from '../../../lib/fakePlatform'
import { byTestId, press, show, withText } from '../../../lib/onScreen'
import { testApp } from '../../../lib/withApp'

const has = (id: string): boolean => document.querySelector(`[data-testid="${id}"]`) !== null

describe('a new version on the home screen', () => {
  it('Y16: is announced while it comes and when it is ready, and installed at a press', async () => {
    const app = testApp()
    await show(app, HomeScreen)
    expect([has('update-downloading'), has('update-ready')]).toEqual([false, false])
    app.platform.setUpdates({ step: { name: 'downloading', version: '0.2.0', done: 0.25 } })
    await flushPromises()
    expect(byTestId('update-downloading').querySelector('progress')?.value).toBe(0.25)
    app.platform.setUpdates({ step: { name: 'ready', version: '0.2.0' } })
    await flushPromises()
    expect(has('update-downloading')).toBe(false)
    expect(byTestId('update-ready').textContent).toContain('Inkroom 0.2.0 is ready')
    expect(app.platform.updateCalls).toEqual([])
    await press(withText('button', 'Restart now'))
    expect(app.platform.updateCalls).toEqual(['restart'])
  })

  it('is not in a browser', async () => {
    await show(testApp(new FakePlatform({ kind: 'web' })), HomeScreen)
    expect([has('update-downloading'), has('update-ready')]).toEqual([false, false])
  })
})

describe('updates in the settings', () => {
  it('Y16: are switched off and on, and looked for at a press', async () => {
    const app = testApp()
    await show(app, SettingsDialog, { open: true })
    const toggle = byTestId('update-settings').querySelector<HTMLElement>('[role="switch"]')
    if (toggle === null) throw new Error('there is no switch')
    await press(toggle)
    await press(toggle)
    await press(withText('button', 'Check now'))
    expect(app.platform.updateCalls).toEqual(['off', 'on', 'check'])
    app.platform.setUpdates({ step: { name: 'current' } })
    await flushPromises()
    expect(byTestId('update-settings').textContent).toContain('0.1.0 is the newest version')
    app.platform.setUpdates({ step: { name: 'failed' } })
    await flushPromises()
    expect(byTestId('update-settings').textContent).toContain('Make sure this computer is online')
  })

  it('Y16: say who installs them where the app does not', async () => {
    const app = testApp()
    app.platform.setUpdates({ way: 'system' })
    await show(app, SettingsDialog, { open: true })
    const { textContent } = byTestId('update-settings')
    expect(textContent).toContain('package manager')
    expect(textContent).not.toContain('Check now')
  })

  it('are not there where nobody installs them', async () => {
    const app = testApp()
    app.platform.setUpdates({ way: 'nobody' })
    await show(app, SettingsDialog, { open: true })
    expect(has('update-settings')).toBe(false)
  })
})
