import { expect, test } from 'vitest'
import { defaultDataFolder } from '../../../src/server/dataFolder'

const home = '/home/ada'

test.each([
  ['linux', {}, '/home/ada/.local/share/inkroom'],
  ['linux', { XDG_DATA_HOME: '/data' }, '/data/inkroom'],
  ['linux', { XDG_DATA_HOME: 'relative' }, '/home/ada/.local/share/inkroom'],
  ['linux', { XDG_DATA_HOME: '' }, '/home/ada/.local/share/inkroom'],
  ['darwin', { XDG_DATA_HOME: '/data' }, '/home/ada/Library/Application Support/Inkroom Server'],
  ['win32', { LOCALAPPDATA: '/local' }, '/local/Inkroom Server'],
  ['win32', {}, '/home/ada/AppData/Local/Inkroom Server'],
] as const)('on %s with %j data goes to %s', (platform, env, folder) => {
  expect(defaultDataFolder({ platform, env, home })).toBe(folder)
})
