import { readdir, readFile, readlink, stat, symlink, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadDevice, type Device, type LockedKeyAnswer } from '../../../../src/main/device/device'
import type { KeyProtection } from '../../../../src/main/device/keyProtection'
import { silentLogger } from '../../../../src/server/logger'
import { idOfPublicKey, loginText, verify } from '../../../../src/shared/identity/keys'
import { idOf } from '../../../lib/idOf'
import { TEST_AUDIENCE } from '../../../lib/testAudience'
import { makeTemporaryFolder, removeFolder } from '../../../lib/temporaryFolder'

let folder: string
beforeEach(async () => {
  folder = await makeTemporaryFolder()
})
afterEach(() => removeFolder(folder))

/** A key store that turns texts around. One of another user has another `owner`. */
class FakeProtection implements KeyProtection {
  available = true
  broken = false

  constructor(private readonly owner = 'Ada') {}

  isAvailable(): boolean {
    return this.available
  }

  encrypt(secret: string): string {
    if (this.broken) throw new Error('the key store does not answer')
    return Buffer.from(`${this.owner}:${[...secret].reverse().join('')}`).toString('base64')
  }

  decrypt(encrypted: string): string {
    const [owner, secret = ''] = Buffer.from(encrypted, 'base64').toString().split(':')
    if (!this.available || owner !== this.owner) throw new Error('the key store is locked')
    return [...secret].reverse().join('')
  }
}

const file = (): string => join(folder, 'device.json')
const content = (): Promise<string> => readFile(file(), 'utf8')

function start(protection: KeyProtection, answers: LockedKeyAnswer[] = []): Promise<Device | undefined> {
  const onLocked = async (): Promise<LockedKeyAnswer> => {
    const answer = answers.shift()
    if (answer === undefined) throw new Error('nobody expected to be asked')
    return answer
  }
  return loadDevice({ userData: folder, protection, onLocked, log: silentLogger })
}

async function privateKeyOnDisk(): Promise<{ plain?: string; encrypted?: string }> {
  return (JSON.parse(await content()) as { privateKey: { plain?: string; encrypted?: string } }).privateKey
}

const otherKey = (text: string): string =>
  text.replace(/(?<="plain": ").{2}/, (start) => (start === 'AA' ? 'BB' : 'AA'))

describe('the key of the device', () => {
  it('Y1: is made once, encrypted by the system, and only its owner may read the file', async () => {
    const first = await start(new FakeProtection())
    expect((await stat(file())).mode & 0o777).toBe(0o600)
    expect(await privateKeyOnDisk()).toEqual({ encrypted: expect.any(String) as string })
    const again = await start(new FakeProtection())
    expect([again?.id, again?.publicKey]).toEqual([first?.id, first?.publicKey])
    expect(first?.id).toBe(idOfPublicKey(first?.publicKey ?? ''))
  })

  it('Y1: is stored as it is where the system has no key store, until it has one', async () => {
    const protection = new FakeProtection()
    protection.available = false
    const first = await start(protection)
    expect(await privateKeyOnDisk()).toEqual({ plain: expect.any(String) as string })
    protection.available = true
    protection.broken = true
    expect((await start(protection))?.id).toBe(first?.id)
    expect(await privateKeyOnDisk()).toEqual({ plain: expect.any(String) as string })
    protection.broken = false
    const later = await start(protection)
    expect(later?.id).toBe(first?.id)
    expect(await privateKeyOnDisk()).toEqual({ encrypted: expect.any(String) as string })
    expect((await start(protection))?.id).toBe(first?.id)
  })

  it('Y2: signs logins and shows nobody its private half', async () => {
    const protection = new FakeProtection()
    protection.available = false
    const device = await start(protection)
    const { plain = '' } = await privateKeyOnDisk()
    const proof = { audience: TEST_AUDIENCE, nonce: 'n'.repeat(26), windowId: idOf('window') }
    const signature = (await device?.signLogin(proof)) ?? ''
    expect(verify(signature, loginText(proof), device?.publicKey ?? '')).toBe(true)
    expect(plain).toHaveLength(43)
    expect(JSON.stringify(device)).not.toContain(plain)
  })

  it('Y1: that the key store does not decrypt is tried again as often as the person wants', async () => {
    const protection = new FakeProtection()
    const first = await start(protection)
    protection.available = false
    const answers: LockedKeyAnswer[] = ['try-again', 'try-again']
    const unlocking: KeyProtection = {
      isAvailable: () => true,
      encrypt: (secret) => protection.encrypt(secret),
      decrypt: (encrypted) => {
        protection.available = answers.length === 0
        return protection.decrypt(encrypted)
      },
    }
    expect((await start(unlocking, answers))?.id).toBe(first?.id)
  })

  it('Y1: that the key store does not decrypt is put aside only where the person wants a new one', async () => {
    const first = await start(new FakeProtection())
    const before = await content()
    const other = new FakeProtection('Bob')
    expect(await start(other, ['quit'])).toBeUndefined()
    expect([await content(), await readdir(folder)]).toEqual([before, ['device.json']])
    const fresh = await start(other, ['new-identity'])
    expect(fresh?.id).not.toBe(first?.id)
    expect(await readFile(`${file()}.bad`, 'utf8')).toBe(before)
    expect((await start(other))?.id).toBe(fresh?.id)
  })

  it.each([
    ['no JSON', () => '{"version":1'],
    ['another version', (text: string) => text.replace('"version": 1', '"version": 2')],
    ['no key', (text: string) => text.replace(/"plain": "[^"]*"/, '"plain": "x"')],
    ['the halves of two keys', otherKey],
  ])('Y1: is made anew where the file holds %s, which is put aside', async (_name, damage) => {
    const protection = new FakeProtection()
    protection.available = false
    const first = await start(protection)
    const damaged = damage(await content())
    await writeFile(file(), damaged)
    expect((await start(protection))?.id).not.toBe(first?.id)
    expect(await readFile(`${file()}.bad`, 'utf8')).toBe(damaged)
  })

  describe('that cannot be read', () => {
    // What a link to itself answers is one of the errors of a disk or of permissions, for an administrator as well.
    beforeEach(() => symlink('device.json', file()))
    const target = (): Promise<string> => readlink(file())

    it('Y1: stays as it is where the person would rather quit', async () => {
      expect(await start(new FakeProtection(), ['quit'])).toBeUndefined()
      expect([await readdir(folder), await target()]).toEqual([['device.json'], 'device.json'])
    })

    it('Y1: is read again as often as the person wants', async () => {
      const device = await loadDevice({
        userData: folder,
        protection: new FakeProtection(),
        onLocked: async () => {
          await unlink(file())
          return 'try-again'
        },
        log: silentLogger,
      })
      expect(device?.publicKey).toHaveLength(43)
    })

    it('Y1: is put aside as it is where the person goes on as somebody new', async () => {
      const device = await start(new FakeProtection(), ['new-identity'])
      expect(await readlink(`${file()}.bad`)).toBe('device.json')
      expect(await content()).toContain(device?.publicKey ?? 'none')
    })
  })
})
