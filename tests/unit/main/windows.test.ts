import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { filePathOf } from '../../../src/main/windows/appAddress'
import { isExternalAddress } from '../../../src/main/windows/externalAddress'
import { pageOriginOf } from '../../../src/main/windows/pageOrigin'
import { DEFAULT_SIZE, placeFor } from '../../../src/main/windows/windowPlace'

describe('an address of the app', () => {
  const folder = '/opt/inkroom/out/renderer'

  it('stands for a file in the folder of the pages', () => {
    expect(filePathOf('app://inkroom/', folder)).toBe(join(folder, 'index.html'))
    expect(filePathOf('app://inkroom/assets/a%20b.js?v=1#x', folder)).toBe(join(folder, 'assets/a b.js'))
  })

  it('never leads out of that folder', () => {
    for (const path of [
      '../../main/index.js',
      '%2e%2e/%2e%2e/main/index.js',
      '..%2f..%2fmain/index.js',
      'assets/..%2f..%2f..%2fmain/index.js',
      '..%5c..%5cmain',
      '%00',
      '%ff',
    ]) {
      const file = filePathOf(`app://inkroom/${path}`, folder)
      expect(file === undefined || file.startsWith(`${folder}/`)).toBe(true)
    }
    expect(filePathOf('app://other/index.html', folder)).toBeUndefined()
    expect(filePathOf('https://inkroom/index.html', folder)).toBeUndefined()
  })
})

describe('the origin of pages', () => {
  it('is the app itself, and nothing that merely starts the same', () => {
    const origin = pageOriginOf(undefined)
    expect(origin.page).toBe('app://inkroom/')
    expect(origin.owns('app://inkroom/assets/a.js')).toBe(true)
    expect(origin.owns('app://inkroom.example/')).toBe(false)
    expect(origin.owns('file:///etc/passwd')).toBe(false)
    expect(origin.owns('http://127.0.0.1:5173/')).toBe(false)
  })

  it('is the development server while there is one', () => {
    const origin = pageOriginOf('http://127.0.0.1:5173')
    expect(origin.owns('http://127.0.0.1:5173/src/main.ts')).toBe(true)
    expect(origin.owns('ws://127.0.0.1:5173/?token=x')).toBe(true)
    expect(origin.owns('http://127.0.0.1:51730/')).toBe(false)
  })
})

describe('an address outside the app', () => {
  it('is opened for the web and for mail', () => {
    for (const address of [
      'https://example.org/a?b#c',
      'http://192.168.1.5:4660/room/x',
      'mailto:ada@example.org',
    ]) {
      expect(isExternalAddress(address)).toBe(true)
    }
  })

  it('is refused for everything else', () => {
    for (const address of [
      'file:///etc/passwd',
      'javascript:alert(1)',
      'data:text/html,x',
      'smb://server/share',
      'ms-msdt:/id',
      'app://inkroom/',
      'https://user:password@example.org/',
      '/usr/bin/xterm',
      'example.org',
      '',
    ]) {
      expect(isExternalAddress(address)).toBe(false)
    }
  })
})

describe('the place of a window', () => {
  const screens = [{ x: 0, y: 0, width: 1920, height: 1040 }]
  const last = { x: 100, y: 50, width: 900, height: 700, maximized: false }

  it('is where the last one was, a further one set off from it', () => {
    expect(placeFor(last, screens, 0)).toEqual({ x: 100, y: 50, width: 900, height: 700 })
    expect(placeFor(last, screens, 1)).toEqual({ x: 132, y: 82, width: 900, height: 700 })
  })

  it('is the system to choose where the last place is on no screen any more', () => {
    expect(placeFor({ ...last, x: 3000 }, screens, 0)).toEqual({ width: 900, height: 700 })
    expect(placeFor({ ...last, y: -500 }, screens, 0)).toEqual({ width: 900, height: 700 })
    expect(placeFor(undefined, screens, 0)).toEqual(DEFAULT_SIZE)
  })

  it('is never larger than the screen', () => {
    expect(placeFor({ ...last, width: 4000, height: 3000 }, screens, 0)).toMatchObject({
      width: 1920,
      height: 1040,
    })
  })
})
