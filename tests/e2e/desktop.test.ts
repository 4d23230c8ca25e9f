import { expect, test } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isRoot } from '../../scripts/runtime.mjs'
import { parseServerMessage } from '../../src/shared/protocol/parse'
import { parseRoomLink, socketUrls } from '../../src/shared/roomLink'
import { WsPeer } from '../lib/wsPeer'
import { TestApp } from './lib/launchApp'

/** Everything the preload script adds to a page. What is not here must not be there. */
const SURFACE = {
  app: [
    'copyText',
    'onMenuCommand',
    'openExternal',
    'openRoomWindow',
    'paste',
    'setMenuCommands',
    'setShownRoom',
    'signLogin',
    'start',
  ],
  cache: [
    'append',
    'checkpoint',
    'claim',
    'claimOrphans',
    'close',
    'deleteDraft',
    'discard',
    'forgetRoom',
    'getAsset',
    'listAssets',
    'listDrafts',
    'listRooms',
    'load',
    'putAsset',
    'putRoom',
    'readLog',
    'release',
    'setAssetsUnsent',
  ],
  discovery: ['onNearby', 'unwatch', 'watch'],
  files: ['open', 'readDropped', 'save'],
  hosting: ['close', 'create', 'list', 'reopen', 'setListed', 'setPlainBrowsers', 'status'],
  network: ['check', 'reachability'],
  roomFiles: ['cancel', 'choose', 'onProgress', 'open', 'save', 'takeDropped'],
  settings: ['onChange', 'save'],
  sockets: ['onEvent', 'request'],
  updates: ['check', 'onState', 'restart', 'setAutomatic', 'state'],
}

let app: TestApp

test.describe('the desktop app', () => {
  test.beforeAll(async () => {
    // With a microphone, so that not having one is not why a page gets none.
    app = await TestApp.launch({ args: ['--use-fake-device-for-media-stream'] })
    await app.isUsable()
  })
  test.afterAll(() => app.dispose())

  test('opens its window on a page of its own', async () => {
    expect(app.page.url()).toBe('app://inkroom/')
    await expect(app.page).toHaveTitle(/Inkroom/)
    const isVisible = await app.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.isVisible(),
    )
    expect(isVisible).toBe(true)
  })

  test('runs its page without Node', async () => {
    expect(await app.page.evaluate(() => [typeof process, typeof require, typeof Buffer])).toEqual([
      'undefined',
      'undefined',
      'undefined',
    ])
  })

  test('runs its page in the sandbox', async () => {
    test.skip(
      isRoot() || process.platform !== 'linux',
      'Chromium has no sandbox for root, and its state is read on Linux only',
    )
    const pid = await app.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId(),
    )
    // 2: system calls are filtered.
    expect(readFileSync(`/proc/${pid ?? 0}/status`, 'utf8')).toMatch(/^Seccomp:\t2$/m)
  })

  test('gives its page exactly the functions that are listed', async () => {
    const surface = await app.page.evaluate(() =>
      Object.fromEntries(
        Object.entries(window.inkroom).map(([domain, calls]) => [domain, Object.keys(calls).sort()]),
      ),
    )
    expect(surface).toEqual(SURFACE)
  })

  test('Y13: refuses permissions', async () => {
    expect(await app.page.evaluate(() => Notification.requestPermission())).toBe('denied')
    const states = await app.page.evaluate(() => {
      const names = ['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read']
      return Promise.all(
        names.map(
          async (name) => (await navigator.permissions.query({ name: name as PermissionName })).state,
        ),
      )
    })
    expect(new Set(states)).toEqual(new Set(['denied']))
    const media = await app.page.evaluate(() =>
      navigator.mediaDevices.getUserMedia({ audio: true }).then(
        () => 'given',
        ({ name }: Error) => name,
      ),
    )
    expect(media).toBe('NotAllowedError')
  })

  test('refuses requests that do not fit the contract, with a code', async () => {
    const codes = await app.page.evaluate(async () => {
      const { hosting, settings, app: calls, cache } = window.inkroom
      const bad: unknown = { name: 'x'.repeat(1000), colour: -1 }
      const replies = await Promise.all([
        hosting.create({ title: '' }),
        hosting.reopen({ roomId: '../rooms' }),
        settings.save(bad as Parameters<typeof settings.save>[0]),
        calls.openExternal('file:///etc/passwd'),
        cache.append({ claimId: 1, entries: '{"kind":' }),
        cache.append({ claimId: 999, entries: '[]' }),
      ])
      return replies.map((reply) => ('error' in reply ? reply.error.code : 'accepted'))
    })
    expect(codes).toEqual([
      'bad-request',
      'bad-request',
      'bad-request',
      'bad-request',
      'bad-request',
      'lease-lost',
    ])
  })

  test('Y13: opens web and mail addresses outside once the person has seen them, and nothing else', async () => {
    await app.electron.evaluate(({ shell }) => {
      const addresses: string[] = []
      shell.openExternal = (address) => {
        addresses.push(address)
        return Promise.resolve()
      }
      Reflect.set(globalThis, 'openedAddresses', addresses)
    })
    const opened = () => app.electron.evaluate(() => Reflect.get(globalThis, 'openedAddresses') as unknown)
    const open = (addresses: readonly string[]) =>
      app.page.evaluate(async (list) => {
        for (const address of list) await window.inkroom.app.openExternal(address)
      }, addresses)
    await app.answer('Cancel')
    await open(['https://example.org/a'])
    expect(await opened()).toEqual([])
    await app.answer('Open')
    // The second one looks like the first, and is none of it.
    await open(['https://example.org/a', 'https://ex\u0430mple.org/', 'mailto:ada@example.org'])
    await open(['javascript:alert(1)', 'file:///etc', 'https://user:word@example.org/'])
    expect(await opened()).toEqual([
      'https://example.org/a',
      'https://xn--exmple-4nf.org/',
      'mailto:ada@example.org',
    ])
    expect((await app.dialogs()).map(({ message, detail }) => [message, detail])).toEqual([
      ['Open this address in your browser?', 'https://example.org/a'],
      ['Open this address in your browser?', 'https://example.org/a'],
      ['Open this address in your browser?', 'https://xn--exmple-4nf.org/'],
      ['Write to this address with your mail program?', 'mailto:ada@example.org'],
    ])
  })

  test('hosts an encrypted room that a WebSocket reaches, in a process of its own', async () => {
    const reply = await app.page.evaluate(() => window.inkroom.hosting.create({ title: 'A room' }))
    if ('error' in reply) throw new Error(reply.error.message)
    const link = parseRoomLink(reply.value.localLink ?? '')
    expect(link?.origins[0]).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/)
    const peer = await WsPeer.connect(socketUrls(link?.origins ?? [])[0] ?? '', { rejectUnauthorized: false })
    expect(parseServerMessage(await peer.frame(0))).toMatchObject({ type: 'greeting' })
    peer.webSocket.close()
    const processes = await app.electron.evaluate(({ app: electronApp }) =>
      electronApp.getAppMetrics().map(({ name, serviceName }) => name ?? serviceName),
    )
    expect(processes).toContain('Inkroom room server')
  })

  test('brings its rooms back when the room server crashes', async () => {
    const before = await app.page.evaluate(() => window.inkroom.hosting.list())
    await app.killRoomServer()
    // What is asked at the moment of the crash fails; what is asked after it waits for the server.
    await expect(async () => {
      expect(await app.page.evaluate(() => window.inkroom.hosting.list())).toEqual(before)
    }).toPass()
  })

  test('opens and saves a file byte for byte, and never shows its path to the page', async () => {
    const path = join(app.userData, 'dos.md')
    const bytes = Buffer.from('\ufeff# Title\r\n\r\ntext 汉字\r\n')
    await writeFile(path, bytes)
    await app.electron.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] })
    }, path)
    const opened = await app.page.evaluate(() => window.inkroom.files.open())
    if ('error' in opened || opened.value === null) throw new Error('the file was not opened')
    expect(opened.value).toMatchObject({ name: 'dos.md', text: '# Title\n\ntext 汉字\n' })
    expect(JSON.stringify(opened)).not.toContain(app.userData)
    const { text, format, fileId } = opened.value
    await writeFile(path, '')
    const saved = await app.page.evaluate((request) => window.inkroom.files.save(request), {
      text,
      format,
      fileId,
      suggestedName: 'other.md',
    })
    expect(saved).toEqual({ value: { name: 'dos.md', fileId } })
    expect(await readFile(path)).toEqual(bytes)
  })

  test('reads a file that was dropped, so that it can be saved where it came from', async () => {
    const path = join(app.userData, 'dropped.md')
    await writeFile(path, 'dropped\n')
    await app.page.evaluate(() => {
      const input = document.createElement('input')
      input.type = 'file'
      input.id = 'dropped'
      document.body.append(input)
    })
    await app.page.locator('#dropped').setInputFiles(path)
    const replies = await app.page.evaluate(async () => {
      const file = document.querySelector<HTMLInputElement>('#dropped')?.files?.[0]
      document.querySelector('#dropped')?.remove()
      const { readDropped } = window.inkroom.files
      return [
        await readDropped(file ?? {}),
        await readDropped(new File(['x'], 'made-up.md')),
        await readDropped({}),
      ]
    })
    expect(replies).toMatchObject([
      { value: { name: 'dropped.md', text: 'dropped\n' } },
      { error: { code: 'bad-request' } },
      { error: { code: 'bad-request' } },
    ])
  })

  test('says with a code that a file is no text', async () => {
    const path = join(app.userData, 'picture.png')
    await writeFile(path, Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0]))
    await app.electron.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] })
    }, path)
    const reply = await app.page.evaluate(() => window.inkroom.files.open())
    expect(reply).toMatchObject({ error: { code: 'file-not-text' } })
  })

  test('keeps settings, and its menu speaks the chosen language', async () => {
    const settings = { name: 'Ada', colour: 3, locale: 'zh-CN', theme: 'dark' } as const
    await app.page.evaluate((value) => window.inkroom.settings.save(value), settings)
    const labels = await app.electron.evaluate(({ Menu }) =>
      Menu.getApplicationMenu()?.items.map(({ label }) => label),
    )
    expect(labels).toContain('编辑(&E)')
    expect(await app.page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(true)
    const stored: unknown = JSON.parse(await readFile(join(app.userData, 'settings.json'), 'utf8'))
    expect(stored).toEqual(settings)
  })

  test('sends menu commands to its page', async () => {
    await app.page.evaluate(() => {
      window.inkroom.app.onMenuCommand((command) => document.body.setAttribute('data-command', command))
    })
    await app.electron.evaluate(({ BrowserWindow, Menu }) => {
      const window = BrowserWindow.getAllWindows()[0]
      Menu.getApplicationMenu()?.getMenuItemById('find')?.click(undefined, window)
    })
    await expect.poll(() => app.page.evaluate(() => document.body.dataset['command'])).toBe('find')
  })

  // The last of this app: Playwright takes a navigation that is refused for one that never ends.
  test('stays on its page: no other address, no further window, no request to a network', async () => {
    const { page, electron } = app
    const tried = await page.evaluate(async () => {
      const opened = window.open('https://example.org/')
      const fetched = await fetch('http://127.0.0.1:9/').then(
        () => 'fetched',
        () => 'refused',
      )
      const image = await new Promise((resolve) => {
        const element = new Image()
        element.onload = () => resolve('loaded')
        element.onerror = () => resolve('refused')
        element.src = 'http://127.0.0.1:9/x.png'
      })
      window.location.href = 'https://example.org/'
      return { opened: opened === null ? 'refused' : 'opened', fetched, image }
    })
    expect(tried).toEqual({ opened: 'refused', fetched: 'refused', image: 'refused' })
    await expect.poll(() => app.log).toContain('refused a navigation')
    expect(page.url()).toBe('app://inkroom/')
    expect(electron.windows()).toHaveLength(1)
  })
})
