import { describe, expect, it } from 'vitest'
import {
  choosePackage,
  describeMissing,
  electronNeeds,
  ensureSystem,
} from '../../../scripts/bootstrap/system.mjs'

describe('what the operating system has to provide', () => {
  it('is installed under the name that the archive of this release has', () => {
    const names = ['libasound2t64', 'libasound2']
    expect(choosePackage(names, () => true)).toBe('libasound2t64')
    expect(choosePackage(names, (name) => name === 'libasound2')).toBe('libasound2')
    expect(choosePackage(names, () => false)).toBe('libasound2')
  })

  it('is listed with what it is and how to get it, where it cannot be installed', () => {
    const text = describeMissing([
      { what: 'Xvfb', packages: ['xvfb'], isThere: () => false },
      { what: 'the library libasound.so.2', packages: ['libasound2t64', 'libasound2'], isThere: () => false },
    ])
    expect(text).toContain('- Xvfb (Debian/Ubuntu: xvfb)')
    expect(text).toContain('libasound2t64 or libasound2')
    expect(text).toContain('apt-get install xvfb libasound2')
  })

  it('is looked for among the libraries that the linker knows now', () => {
    const gtk = electronNeeds().find((need) => need.what.includes('libgtk-3.so.0'))
    expect(gtk?.isThere('\tlibgtk-3.so.0 (libc6,x86-64) => /lib/libgtk-3.so.0')).toBe(true)
    expect(gtk?.isThere('\tlibgtk-3.so.0.1 (libc6,x86-64) => /lib/other')).toBe(false)
  })

  it('is left alone where everything is there', async () => {
    await expect(
      ensureSystem([{ what: 'Node', packages: ['no-such-package'], isThere: () => true }]),
    ).resolves.toBeUndefined()
  })
})
