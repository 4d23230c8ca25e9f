import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseArguments } from '../../../scripts/bootstrap/default-app/arguments.js'
import { fallbackExists, fallbackFolder } from '../../../scripts/bootstrap/fallbackElectron.mjs'
import { failedRecently } from '../../../scripts/bootstrap/officialElectron.mjs'
import { cacheFolder } from '../../../scripts/bootstrap/paths.mjs'
import { hasDisplay } from '../../../scripts/runtime.mjs'

const HOUR_MS = 60 * 60 * 1000

describe('the arguments of the default app', () => {
  it('are those of Electron: flags, modules to load first, then the app folder and what belongs to the app', () => {
    const argv = ['electron', '--inspect=0', '-r', '/tmp/loader.js', '--no-sandbox', '.', '--room', 'x']
    expect(parseArguments(argv)).toEqual({ folder: '.', preload: ['/tmp/loader.js'] })
  })

  it('may name modules in the long form, and more than one', () => {
    const argv = ['electron', '--require', 'a.js', '--require=b.js', 'folder']
    expect(parseArguments(argv)).toEqual({ folder: 'folder', preload: ['a.js', 'b.js'] })
  })

  it('may lack the folder', () => {
    expect(parseArguments(['electron', '--version'])).toEqual({ folder: undefined, preload: [] })
  })
})

describe('the choice of the runtime', () => {
  it('tries a failed download again after a day, not before', () => {
    const folder = mkdtempSync(join(tmpdir(), 'inkroom-electron-'))
    const file = join(folder, 'unreachable')
    const now = 1_700_000_000_000
    expect(failedRecently(file, now)).toBe(false)
    writeFileSync(file, '')
    utimesSync(file, (now - 23 * HOUR_MS) / 1000, (now - 23 * HOUR_MS) / 1000)
    expect(failedRecently(file, now)).toBe(true)
    utimesSync(file, (now - 25 * HOUR_MS) / 1000, (now - 25 * HOUR_MS) / 1000)
    expect(failedRecently(file, now)).toBe(false)
    rmSync(folder, { recursive: true })
  })

  it('knows a fallback only for the platform that it was made for', () => {
    expect(fallbackExists('linux', 'x64')).toBe(true)
    expect(fallbackExists('linux', 'arm64')).toBe(false)
    expect(fallbackExists('darwin', 'arm64')).toBe(false)
  })

  it('keeps the fallback outside the checkout, in the cache of the user', () => {
    expect(cacheFolder({ XDG_CACHE_HOME: '/var/cache/me' }, 'linux')).toBe('/var/cache/me/inkroom')
    expect(fallbackFolder().startsWith(cacheFolder())).toBe(true)
  })

  it('opens windows only where there is a display', () => {
    expect(hasDisplay({}, 'linux')).toBe(false)
    expect(hasDisplay({ DISPLAY: ':1' }, 'linux')).toBe(true)
    expect(hasDisplay({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBe(true)
    expect(hasDisplay({}, 'darwin')).toBe(true)
  })
})
