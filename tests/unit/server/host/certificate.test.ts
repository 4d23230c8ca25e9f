import { X509Certificate } from 'node:crypto'
import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  CERTIFICATE_FILE,
  fingerprintOf,
  givenCertificate,
  ownCertificate,
} from '../../../../src/server/host/certificate'
import { silentLogger, type Logger } from '../../../../src/server/logger'
import { StartError } from '../../../../src/server/startError'
import { fingerprintSchema } from '../../../../src/shared/access/inviteToken'
import { makeTemporaryFolder, removeFolder } from '../../../lib/temporaryFolder'
import { testCertificate } from '../../../lib/testCertificate'

let folder: string
let file: string
let errors: string[]
let logger: Logger

beforeEach(async () => {
  folder = await makeTemporaryFolder()
  file = join(folder, CERTIFICATE_FILE)
  errors = []
  logger = { ...silentLogger, error: (_fields, message) => errors.push(message) }
})
afterEach(() => removeFolder(folder))

test('Z1: a host makes its certificate once and keeps it for its owner alone', async () => {
  const made = await ownCertificate(folder, logger)
  expect(fingerprintSchema.parse(made.fingerprint)).toBe(made.fingerprint)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  await chmod(file, 0o644)
  const again = await ownCertificate(folder, logger)
  expect(again.fingerprint).toBe(made.fingerprint)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect(await readdir(folder)).toEqual([CERTIFICATE_FILE])
  expect(errors).toEqual([])
})

test('Z1: the certificate holds for more than 20 years, from yesterday on, with a key of P-256', async () => {
  const { cert } = await ownCertificate(folder, logger)
  const { validTo, validFrom, publicKey, ca } = new X509Certificate(cert)
  const now = Date.now()
  expect(Date.parse(validFrom)).toBeLessThan(now - 20 * 3_600_000)
  expect(Date.parse(validTo)).toBeGreaterThan(now + 20 * 366 * 24 * 3_600_000)
  expect([publicKey.asymmetricKeyType, publicKey.asymmetricKeyDetails?.namedCurve]).toEqual([
    'ec',
    'prime256v1',
  ])
  expect(ca).toBe(false)
})

test.each([
  ['nothing', () => Promise.resolve('')],
  ['noise', () => Promise.resolve('\u0000\u0001 not a certificate')],
  ['a certificate cut short', async () => (await testCertificate()).cert.slice(0, 200)],
  ['a certificate without its key', async () => (await testCertificate()).cert],
  [
    'a certificate with the key of another',
    async () => (await testCertificate()).cert + (await testCertificate()).key,
  ],
])('Z1: a file with %s is put aside, a new certificate made, and the log says so', async (_name, content) => {
  const damaged = await content()
  await writeFile(file, damaged)
  const made = await ownCertificate(folder, logger)
  const aside = (await readdir(folder)).find((name) => name.startsWith(`${CERTIFICATE_FILE}.damaged-`))
  expect(await readFile(join(folder, aside ?? ''), 'utf8')).toBe(damaged)
  expect(errors).toEqual([expect.stringContaining('put aside')])
  expect((await ownCertificate(folder, logger)).fingerprint).toBe(made.fingerprint)
})

test('Z1: where the file cannot be read the start fails with data-unwritable, and nothing is put aside', async () => {
  await mkdir(file)
  const error: unknown = await ownCertificate(folder, logger).catch((reason: unknown) => reason)
  expect(error instanceof StartError && error.code).toBe('data-unwritable')
  expect(await readdir(folder)).toEqual([CERTIFICATE_FILE])
})

test('a certificate of one’s own counts only with its key', async () => {
  const [one, other] = [await testCertificate(), await testCertificate()]
  expect(givenCertificate(one).fingerprint).toBe(fingerprintOf(one.cert))
  for (const wrong of [
    { ...one, key: other.key },
    { ...one, cert: 'none' },
    { ...one, key: '' },
  ]) {
    expect(() => givenCertificate(wrong)).toThrow(
      expect.objectContaining({ code: 'certificate-unusable' }) as Error,
    )
  }
})
