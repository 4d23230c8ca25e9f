import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { RotatingFile } from '../../../../src/main/logs/rotatingFile'
import { makeTemporaryFolder, removeFolder } from '../../../lib/temporaryFolder'

let folder: string
beforeEach(async () => {
  folder = join(await makeTemporaryFolder(), 'logs')
})
afterEach(() => removeFolder(join(folder, '..')))

const open = (options: { maxBytes?: number; keep?: number } = {}): RotatingFile =>
  new RotatingFile({ folder, name: 'main', ...options })
const read = (name: string): Promise<string> => readFile(join(folder, name), 'utf8')

describe('the log file', () => {
  it('Y3: has every line when it was written, and goes on where an earlier run ended', async () => {
    const first = open()
    first.write('one\n')
    expect(await read('main.log')).toBe('one\n')
    first.close()
    const second = open()
    second.write('two\n')
    expect(await read('main.log')).toBe('one\ntwo\n')
    expect((await stat(join(folder, 'main.log'))).mode & 0o077).toBe(0)
    second.close()
  })

  it('Y3: never takes more than its size, times the files it keeps', async () => {
    const file = open({ maxBytes: 40, keep: 2 })
    for (let number = 0; number < 30; number++) file.write(`line ${String(number).padStart(3, '0')}\n`)
    expect((await readdir(folder)).sort()).toEqual(['main.1.log', 'main.2.log', 'main.log'])
    expect(await read('main.log')).toBe('line 028\nline 029\n')
    expect(await read('main.1.log')).toBe('line 024\nline 025\nline 026\nline 027\n')
    expect(await read('main.2.log')).toMatch(/^line 020\n/)
    file.close()
  })

  it('Y3: counts what an earlier run left', async () => {
    await mkdir(folder)
    await writeFile(join(folder, 'main.log'), 'x'.repeat(39))
    const file = open({ maxBytes: 40 })
    file.write('two\n')
    expect([await read('main.log'), await read('main.1.log')]).toEqual(['two\n', 'x'.repeat(39)])
    file.close()
  })

  it('Y3: cuts a line that would push out all others', async () => {
    const file = open()
    file.write(`${'x'.repeat(1_000_000)}\n`)
    expect((await read('main.log')).length).toBeLessThan(17_000)
    file.close()
  })

  it('Y3: loses lines where it cannot be written, and nothing else; it takes up again where it can', async () => {
    await mkdir(join(folder, 'main.log'), { recursive: true })
    const file = open()
    file.write('lost\n')
    await rm(join(folder, 'main.log'), { recursive: true })
    file.write('kept\n')
    expect(await read('main.log')).toBe('kept\n')
    file.close()
  })
})
