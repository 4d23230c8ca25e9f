import { NodeHttpExecutor } from 'builder-util'
import { AppImageUpdater } from 'electron-updater/out/AppImageUpdater.js'
import { ElectronHttpExecutor } from 'electron-updater/out/electronHttpExecutor.js'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { electronUpdates } from '../../../src/main/updates/electronUpdates'
import type { UpdateSource } from '../../../src/main/updates/appUpdates'
import { silentLogger } from '../../../src/server/logger'
import { makeTemporaryFolder, removeFolder } from '../../lib/temporaryFolder'
import { UpdateFeed } from '../../lib/updateFeed'

let folder: string
let feed: UpdateFeed
const content = Buffer.from('#!/bin/sh\n# the next version\n')

beforeEach(async () => {
  folder = await makeTemporaryFolder()
  feed = await UpdateFeed.start()
  vi.stubEnv('APPIMAGE', join(folder, 'Inkroom.AppImage'))
  await writeFile(join(folder, 'Inkroom.AppImage'), 'this version')
  await writeFile(
    join(folder, 'app-update.yml'),
    `provider: generic\nurl: ${feed.url}\nupdaterCacheDirName: inkroom-updater\n`,
  )
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await feed.stop()
  await removeFolder(folder)
})

/** An installed AppImage of version 0.1.0, over Node's HTTP instead of Chromium's. */
function installed(): UpdateSource {
  const updater = new AppImageUpdater(null, {
    version: '0.1.0',
    name: 'inkroom',
    isPackaged: true,
    appUpdateConfigPath: join(folder, 'app-update.yml'),
    userDataPath: folder,
    baseCachePath: folder,
    whenReady: () => Promise.resolve(),
    relaunch: () => undefined,
    quit: () => undefined,
    onQuit: () => undefined,
  })
  const { download } = ElectronHttpExecutor.prototype
  Reflect.set(updater, 'httpExecutor', Object.assign(new NodeHttpExecutor(), { download }))
  return electronUpdates(updater, silentLogger)
}

describe('new versions from a feed', () => {
  it('Y16: finds a newer one, downloads it, and leaves the app as it is', async () => {
    feed.release = { version: '0.2.0', content }
    const source = installed()
    expect(await source.check()).toBe('0.2.0')
    const told: number[] = []
    await source.download((done) => told.push(done))
    expect(told.filter((done) => done < 0 || done > 1)).toEqual([])
    expect(await readFile(join(folder, 'inkroom-updater/pending/inkroom-0.2.0-x86_64.AppImage'))).toEqual(
      content,
    )
    expect(await readFile(join(folder, 'Inkroom.AppImage'), 'utf8')).toBe('this version')
  })

  it('finds nothing where this is the newest, or a newer one than the feed has', async () => {
    for (const version of ['0.1.0', '0.0.9']) {
      feed.release = { version, content }
      expect(await installed().check()).toBeUndefined()
    }
  })

  it('Y17: takes part in a staged roll-out when its turn has come', async () => {
    feed.release = { version: '0.2.0', content, stagingPercentage: 0 }
    expect(await installed().check()).toBeUndefined()
    feed.release = { ...feed.release, stagingPercentage: 100 }
    expect(await installed().check()).toBe('0.2.0')
  })

  it('Y17: has one place in all roll-outs, which it tells nobody', async () => {
    // The last four bytes are the place: a quarter of the way.
    const id = '8a3e3bc4-1b6c-5c38-8b9a-000040000000'
    await writeFile(join(folder, '.updaterId'), id)
    feed.release = { version: '0.2.0', content, stagingPercentage: 20 }
    expect(await installed().check()).toBeUndefined()
    feed.release = { ...feed.release, stagingPercentage: 30 }
    const source = installed()
    expect(await source.check()).toBe('0.2.0')
    await source.download(() => undefined)
    expect(feed.requests.length).toBeGreaterThan(2)
    expect(JSON.stringify(feed.requests)).not.toContain(id)
  })

  it('Y17: refuses a download that is not what the feed names', async () => {
    feed.release = { version: '0.2.0', content, sha512: Buffer.alloc(64).toString('base64') }
    const source = installed()
    expect(await source.check()).toBe('0.2.0')
    await expect(source.download(() => undefined)).rejects.toThrow(/sha512/)
    expect(await readFile(join(folder, 'Inkroom.AppImage'), 'utf8')).toBe('this version')
  })

  it('fails where the feed has nothing, or is not there', async () => {
    await expect(installed().check()).rejects.toThrow(/404|latest-linux/)
  })
})
