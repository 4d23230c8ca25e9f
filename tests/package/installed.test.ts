import { expect, test } from '@playwright/test'
import { execFile } from 'node:child_process'
import { access, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { packageIfStale } from '../../scripts/packaging/packageIfStale.mjs'
import { readFuses } from '../../scripts/packaging/fuses.mjs'
import { haveSameText } from '../e2e/lib/participant'
import { startServe } from '../lib/serveProcess'
import { makeTemporaryFolder, removeFolder } from '../lib/temporaryFolder'
import { environmentIn, InstalledApp, makeHome, PROGRAM, removeHome, userDataIn } from './installedApp'

const run = promisify(execFile)
const FOLDER = '/usr/lib/inkroom'
const BINARY = join(FOLDER, 'inkroom.bin')

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

async function artifact(ending: string): Promise<string> {
  const file = (await packageIfStale()).find((each) => each.endsWith(ending))
  if (file === undefined) throw new Error(`there is no ${ending} among the packages`)
  return file
}

test.describe('the installed package', () => {
  test.describe.configure({ mode: 'serial' })

  let annasHome: string
  let bensHome: string
  const apps: InstalledApp[] = []
  const start = async (home: string): Promise<InstalledApp> => {
    const app = await InstalledApp.start(home)
    apps.push(app)
    return app
  }

  test.beforeAll(async () => {
    ;[annasHome, bensHome] = await Promise.all([makeHome('Anna'), makeHome('Ben')])
    await run('dpkg', ['-i', await artifact('.deb')])
  })

  test.afterAll(async () => {
    for (const app of apps) await app.kill()
    await run('dpkg', ['-r', 'inkroom'])
    await Promise.all([removeHome(annasHome), removeHome(bensHome)])
  })

  test('is complete: a command, an entry in menus, icons, its file type', async () => {
    const { stdout: status } = await run('dpkg-query', ['-W', '-f', '${Status}', 'inkroom'])
    expect(status).toBe('install ok installed')
    const { stdout: files } = await run('dpkg', ['-L', 'inkroom'])
    const shared = files.split('\n').filter((file) => file.startsWith('/usr/share/'))
    expect(shared).toEqual(
      expect.arrayContaining([
        '/usr/share/applications/inkroom.desktop',
        '/usr/share/mime/packages/inkroom.xml',
        '/usr/share/icons/hicolor/16x16/apps/inkroom.png',
        '/usr/share/icons/hicolor/512x512/apps/inkroom.png',
        '/usr/share/icons/hicolor/48x48/mimetypes/application-x-inkroom.png',
      ]),
    )
    expect(await readdir(join(FOLDER, 'resources'))).toEqual(['app.asar', 'app.asar.unpacked', 'licences'])
    const licences = (name: string): Promise<string> =>
      readFile(join(FOLDER, 'resources', 'licences', name), 'utf8')
    expect(await licences('app.txt')).toContain('## bonjour-service')
    const ofPage = await licences('page.txt')
    for (const name of ['## vue-i18n', '## @codemirror/view', 'SIL OPEN FONT LICENSE'])
      expect(ofPage).toContain(name)
    const file = join(annasHome, 'A room.inkroom')
    await writeFile(file, 'PK\u0003\u0004')
    const { stdout: type } = await run('gio', ['info', '-a', 'standard::content-type', file])
    expect(type).toContain('application/x-inkroom')
    const { stdout: opener } = await run('xdg-mime', ['query', 'default', 'x-scheme-handler/inkroom'])
    expect(opener).toBe('inkroom.desktop\n')
  })

  test('has the fuses of a release', async () => {
    expect(await readFuses(BINARY)).toMatchObject({
      RunAsNode: false,
      EnableNodeOptionsEnvironmentVariable: false,
      EnableNodeCliInspectArguments: false,
      EnableCookieEncryption: false,
      EnableEmbeddedAsarIntegrityValidation: true,
      OnlyLoadAppFromAsar: true,
      LoadBrowserProcessSpecificV8Snapshot: false,
      GrantFileProtocolExtraPrivileges: false,
    })
  })

  test('is no Node for others, whatever the environment says', async () => {
    const { stdout } = await run(PROGRAM, ['--version', '-e', 'console.log("as a Node")'], {
      env: {
        ...environmentIn(annasHome),
        ELECTRON_RUN_AS_NODE: '1',
        NODE_OPTIONS: '--require=/nonexistent.js',
      },
    })
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  })

  test('hosts a room that another one joins, and has it after a restart', async () => {
    const anna = await start(annasHome)
    await anna.person.host()
    const title = await anna.person.page.getByTestId('room-title').innerText()
    await anna.person.createFirstPage()
    await anna.person.editor.type('From Anna. ')
    const ben = await start(bensHome)
    await ben.person.join(await anna.person.invitation())
    await ben.person.hasPage()
    await ben.person.editor.goToEnd()
    await ben.person.editor.type('From Ben.')
    expect(await haveSameText([anna.person, ben.person])).toBe('From Anna. From Ben.')

    expect(await ben.quit()).toBe(0)
    expect(await anna.quit()).toBe(0)
    const again = await start(annasHome)
    await again.person.openRecent(title)
    await again.person.isConnected()
    await again.person.editor.shows('From Anna. From Ben.')
    expect(await again.quit()).toBe(0)
  })

  test('serves rooms without a display, and ends with 0 when asked to', async () => {
    const server = await startServe({ program: 'installed', room: 'Served' })
    try {
      const { room, url } = server.line
      expect(await (await fetch(url)).text()).toContain('<title>Inkroom')
      const ben = await start(bensHome)
      await ben.person.join(room?.link ?? '')
      await ben.person.createFirstPage()
      await ben.person.editor.type('on a server')
      await ben.person.hasSaved()
      await ben.quit()
      const { code, stdout } = await server.stop()
      expect(code).toBe(0)
      expect(stdout.trim().split('\n')).toHaveLength(1)
    } finally {
      await server.kill()
    }
  })

  test('leaves nothing behind when removed, but what people made', async () => {
    await run('dpkg', ['-r', 'inkroom'])
    for (const path of [PROGRAM, FOLDER, '/usr/share/applications/inkroom.desktop']) {
      expect(await isThere(path), path).toBe(false)
    }
    const kept = await readdir(userDataIn(annasHome))
    expect(kept).toEqual(expect.arrayContaining(['settings.json', 'replicas.sqlite', 'rooms']))
  })
})

test('the .tar.gz runs from wherever it is unpacked', async () => {
  const folder = await makeTemporaryFolder()
  try {
    await run('tar', ['-xzf', await artifact('.tar.gz'), '-C', folder])
    const [inside = ''] = await readdir(folder)
    const { stdout } = await run(join(folder, inside, 'inkroom'), ['--version'])
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  } finally {
    await removeFolder(folder)
  }
})
