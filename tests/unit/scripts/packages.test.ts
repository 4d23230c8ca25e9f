import { delimiter } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isInstallationCurrent, machinePath } from '../../../scripts/bootstrap/packages.mjs'

const lockfile = {
  packages: {
    '': { version: '0.1.0' },
    'node_modules/a': { version: '1.0.0' },
    'node_modules/only-elsewhere': { version: '2.0.0', optional: true },
  },
}

describe('isInstallationCurrent', () => {
  it('accepts an installation without the packages of other platforms', () => {
    expect(isInstallationCurrent(lockfile, { packages: { 'node_modules/a': { version: '1.0.0' } } })).toBe(
      true,
    )
  })

  it.each([
    ['a package is missing', {}],
    ['a package has another version', { 'node_modules/a': { version: '1.0.1' } }],
    [
      'a package is there that the lockfile does not know',
      { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '1.0.0' } },
    ],
    [
      'an optional package has another version',
      { 'node_modules/a': { version: '1.0.0' }, 'node_modules/only-elsewhere': { version: '1.9.0' } },
    ],
  ])('installs again when %s', (_case, packages) => {
    expect(isInstallationCurrent(lockfile, { packages })).toBe(false)
  })
})

describe('machinePath', () => {
  it('leaves out the programs of the checkout, which installing replaces', () => {
    const path = ['/clone/node_modules/.bin', '/usr/bin', '/clone/node_modules/x/bin', '/bin'].join(delimiter)
    expect(machinePath(path, '/clone/node_modules')).toBe(['/usr/bin', '/bin'].join(delimiter))
  })
})
