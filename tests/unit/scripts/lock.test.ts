import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { withLock } from '../../../scripts/bootstrap/lock.mjs'

describe('withLock', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'inkroom-lock-'))
  })
  afterEach(() => {
    rmSync(folder, { recursive: true })
  })

  it('lets only one at a time do the work', async () => {
    const file = join(folder, 'deep', 'lock')
    let working = 0
    let most = 0
    const work = async () => {
      most = Math.max(most, ++working)
      await new Promise((resolve) => setImmediate(resolve))
      working -= 1
    }
    await Promise.all([withLock(file, work), withLock(file, work), withLock(file, work)])
    expect(most).toBe(1)
    expect(existsSync(file)).toBe(false)
  })

  it('is free again when the work fails', async () => {
    const file = join(folder, 'lock')
    await expect(withLock(file, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    await expect(withLock(file, () => Promise.resolve('yes'))).resolves.toBe('yes')
  })

  it('takes over the lock of a process that is gone', async () => {
    const file = join(folder, 'lock')
    const gone = spawnSync(process.execPath, ['-e', '']).pid
    writeFileSync(file, String(gone))
    await expect(withLock(file, () => Promise.resolve('done'))).resolves.toBe('done')
  })
})
