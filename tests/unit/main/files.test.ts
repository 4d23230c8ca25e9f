import { chmod, lstat, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { atomicWrite } from '../../../src/main/files/atomicWrite'
import { JsonFile } from '../../../src/main/files/jsonFile'
import { TextFiles } from '../../../src/main/files/textFiles'
import { SettingsFile } from '../../../src/main/settings'
import { silentLogger } from '../../../src/server/logger'
import { safeFileName } from '../../../src/shared/fileName'
import { makeTemporaryFolder, removeFolder } from '../../lib/temporaryFolder'

let folder: string
beforeEach(async () => {
  folder = await makeTemporaryFolder()
})
afterEach(() => removeFolder(folder))

describe('an atomic write', () => {
  it('replaces the content and keeps the mode', async () => {
    const path = join(folder, 'script.sh')
    await writeFile(path, 'old')
    await chmod(path, 0o751)
    await atomicWrite(path, 'new')
    expect(await readFile(path, 'utf8')).toBe('new')
    expect((await stat(path)).mode & 0o777).toBe(0o751)
    expect(await readdir(folder)).toEqual(['script.sh'])
  })

  it('writes through a symbolic link', async () => {
    await writeFile(join(folder, 'target.md'), 'old')
    await symlink('target.md', join(folder, 'link.md'))
    await atomicWrite(join(folder, 'link.md'), 'new')
    expect((await lstat(join(folder, 'link.md'))).isSymbolicLink()).toBe(true)
    expect(await readFile(join(folder, 'target.md'), 'utf8')).toBe('new')
  })

  it('leaves nothing behind where it fails', async () => {
    await mkdir(join(folder, 'taken'))
    await expect(atomicWrite(join(folder, 'taken'), 'x')).rejects.toThrow()
    await expect(atomicWrite(join(folder, 'missing', 'x'), 'x')).rejects.toThrow()
    expect(await readdir(folder)).toEqual(['taken'])
  })
})

describe('a JSON file of the app', () => {
  const schema = z.object({ count: z.number() })
  const open = (): JsonFile<{ count: number }> => new JsonFile(join(folder, 'x.json'), schema, silentLogger)

  it('comes back as it was written, the last write winning', async () => {
    const file = open()
    expect(file.read()).toBeUndefined()
    await Promise.all([file.write({ count: 1 }), file.write({ count: 2 }), file.write({ count: 3 })])
    expect(open().read()).toEqual({ count: 3 })
  })

  it('that is bad is put aside and counts as missing', async () => {
    for (const bad of ['{"count":', '{"count":"x"}', '']) {
      await writeFile(join(folder, 'x.json'), bad)
      expect(open().read()).toBeUndefined()
      expect(await readFile(join(folder, 'x.json.bad'), 'utf8')).toBe(bad)
    }
    expect(await readdir(folder)).toEqual(['x.json.bad'])
  })
})

describe('settings', () => {
  it('start with the language of the system and an empty name', () => {
    expect(new SettingsFile(folder, 'zh-TW', silentLogger).value).toMatchObject({ name: '', locale: 'zh-CN' })
    expect(new SettingsFile(folder, 'de', silentLogger).value).toMatchObject({
      locale: 'en',
      theme: 'system',
    })
  })

  it('are kept, and told to listeners at once', async () => {
    const file = new SettingsFile(folder, 'en', silentLogger)
    const told: string[] = []
    file.onChange(({ name }) => told.push(name))
    const saved = file.save({ name: 'Ada', colour: 3, locale: 'zh-CN', theme: 'dark' })
    expect(told).toEqual(['Ada'])
    await saved
    expect(new SettingsFile(folder, 'en', silentLogger).value).toEqual({
      name: 'Ada',
      colour: 3,
      locale: 'zh-CN',
      theme: 'dark',
    })
  })

  it('of an older version are filled up with defaults', async () => {
    await writeFile(join(folder, 'settings.json'), '{"name":"Ada"}')
    expect(new SettingsFile(folder, 'en', silentLogger).value).toMatchObject({ name: 'Ada', theme: 'system' })
  })
})

describe('text files of a window', () => {
  it('come out byte for byte as they went in', async () => {
    const path = join(folder, 'dos.md')
    const bytes = Buffer.from('\ufeff# Title\r\n\r\ntext\r\n')
    await writeFile(path, bytes)
    const files = new TextFiles()
    const { name, text, format, fileId } = await files.read(path)
    expect({ name, text }).toEqual({ name: 'dos.md', text: '# Title\n\ntext\n' })
    expect(files.pathOf(fileId)).toBe(path)
    await files.write(path, text, format)
    expect(await readFile(path)).toEqual(bytes)
  })

  it('have one id for each path, which says nothing about it', async () => {
    const path = join(folder, 'a.md')
    const files = new TextFiles()
    const written = await files.write(path, 'a', { bom: false, lineBreak: '\n' })
    expect((await files.read(path)).fileId).toBe(written.fileId)
    expect(written.fileId).toMatch(/^[a-z2-7]{26}$/)
    expect(new TextFiles().pathOf(written.fileId)).toBeUndefined()
  })

  it('that cannot be read or written have stable codes', async () => {
    const files = new TextFiles()
    const format = { bom: false, lineBreak: '\n' } as const
    await expect(files.read(join(folder, 'missing.md'))).rejects.toMatchObject({ code: 'file-unreadable' })
    await expect(files.read(folder)).rejects.toMatchObject({ code: 'file-unreadable' })
    await expect(files.write(folder, 'x', format)).rejects.toMatchObject({ code: 'file-unwritable' })
    await writeFile(join(folder, 'picture.png'), Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1]))
    await expect(files.read(join(folder, 'picture.png'))).rejects.toMatchObject({ code: 'file-not-text' })
    expect(await readdir(folder)).toEqual(['picture.png'])
  })

  it('get names that are no paths', () => {
    expect(safeFileName('../../etc/passwd')).toBe('etc passwd')
    expect(safeFileName('Plan: A/B?')).toBe('Plan A B')
    expect(safeFileName('计划\u0007')).toBe('计划')
    expect(safeFileName('...')).toBe('untitled')
    expect(safeFileName('x'.repeat(119) + '😀')).toBe('x'.repeat(119))
  })
})
