import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { PNG } from 'pngjs'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../../../scripts/bootstrap/paths.mjs'
import { SetupError } from '../../../scripts/bootstrap/report.mjs'
import config from '../../../scripts/packaging/electronBuilder.config.mjs'
import { ICNS_ENTRIES, toIcns } from '../../../scripts/packaging/icns.mjs'
import { desktopFile, mimeInfo } from '../../../scripts/packaging/linuxDesktop.mjs'
import { choosePlan } from '../../../scripts/packaging/plan.mjs'
import { updateFeed } from '../../../scripts/packaging/updateFeed.mjs'

const resource = (...path: string[]): Buffer => readFileSync(join(ROOT, 'resources', ...path))

describe('the plan of packaging', () => {
  const canReach = (reachable: boolean) => async () => reachable

  it('is the official one where Electron is there and the tools can be reached', async () => {
    expect(await choosePlan({ hasOfficialElectron: true, canReach: canReach(true) })).toBe('official')
    expect(await choosePlan({ hasOfficialElectron: true, canReach: canReach(false) })).toBe('registries')
  })

  it('asks no address where Electron itself could not be downloaded', async () => {
    const asked: string[] = []
    const plan = await choosePlan({
      hasOfficialElectron: false,
      canReach: async (address) => asked.push(address) > 0,
    })
    expect([plan, asked]).toEqual(['registries', []])
  })
})

describe('the feed of updates', () => {
  it('is none unless the build names one', () => {
    expect(updateFeed({})).toBeNull()
    expect(updateFeed({ INKROOM_UPDATE_FEED: '' })).toBeNull()
  })

  it('is an https address', () => {
    const url = 'https://downloads.example.org/inkroom/'
    expect(updateFeed({ INKROOM_UPDATE_FEED: url })).toEqual([{ provider: 'generic', url }])
    for (const bad of ['http://downloads.example.org/', 'downloads', 'file:///tmp']) {
      expect(() => updateFeed({ INKROOM_UPDATE_FEED: bad })).toThrow(SetupError)
    }
  })
})

describe('what the systems are told of the app', () => {
  it('on macOS says why the local network is used and for which service', () => {
    const info = config.mac?.extendInfo as Record<string, unknown>
    expect(info['NSLocalNetworkUsageDescription']).toMatch(/network/)
    expect(info['NSBonjourServices']).toEqual(['_inkroom._tcp'])
    expect(config.mac?.hardenedRuntime).toBe(true)
  })

  it('names rooms in files, Markdown and links', () => {
    const associations = [config.fileAssociations].flat()
    expect(associations.map((each) => each?.ext)).toEqual(['inkroom', 'md'])
    expect([config.protocols].flat()[0]?.schemes).toEqual(['inkroom'])
    const desktop = desktopFile()
    expect(desktop).toContain('MimeType=application/x-inkroom;text/markdown;x-scheme-handler/inkroom;\n')
    expect(desktop).toContain('Exec=inkroom %U\n')
    expect(desktop).toMatch(/^GenericName\[zh_CN\]=/m)
    expect(mimeInfo()).toContain('<glob pattern="*.inkroom"/>')
  })
})

describe('icons', () => {
  it.each(['icons', 'document-icons'])('in %s have the size they are named for', (folder) => {
    const files = readdirSync(join(ROOT, 'resources', folder))
    expect(files.length).toBeGreaterThanOrEqual(8)
    for (const file of files) {
      const { width, height } = PNG.sync.read(resource(folder, file))
      expect(`${width}x${height}.png`).toBe(file)
    }
  })

  it.each(['icon.ico', 'document.ico'])('in %s are those of Windows', (file) => {
    const ico = resource(file)
    expect(ico.readUInt16LE(2)).toBe(1)
    const sides = Array.from({ length: ico.readUInt16LE(4) }, (_, index) => ico[6 + index * 16] || 256)
    expect(sides).toEqual([16, 20, 24, 32, 40, 48, 64, 128, 256])
  })

  it.each(['icon.icns', 'document.icns'])('in %s are those of macOS', (file) => {
    expect(entriesOf(resource(file)).map(({ type, png }) => [type, png.width, png.height])).toEqual(
      ICNS_ENTRIES.map(({ type, side }) => [type, side, side]),
    )
  })

  it('go into an .icns as they are', () => {
    const png = (side: number): Buffer => PNG.sync.write(new PNG({ width: side, height: side }))
    expect(entriesOf(toIcns(png))).toHaveLength(ICNS_ENTRIES.length)
  })
})

/** Reads an .icns by its description: four letters, the length with these eight bytes, the content; nested once. */
function entriesOf(icns: Buffer): { type: string; png: PNG }[] {
  expect(icns.toString('latin1', 0, 4)).toBe('icns')
  expect(icns.readUInt32BE(4)).toBe(icns.length)
  const entries = []
  for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4)) {
    const content = icns.subarray(at + 8, at + icns.readUInt32BE(at + 4))
    entries.push({ type: icns.toString('latin1', at, at + 4), png: PNG.sync.read(content) })
  }
  return entries
}
