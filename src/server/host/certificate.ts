import { createPrivateKey, randomBytes, X509Certificate } from 'node:crypto'
import { chmod, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from '../logger'
import { certificateFingerprint } from '../nodeCrypto'
import { StartError, systemCodeOf } from '../startError'
import type { TlsIdentity } from '../transport/encryption'

/** Certificate and private key of a host, in its data folder. */
export const CERTIFICATE_FILE = 'certificate.pem'

/** Nobody but the host may read the key. */
const OWNER_ONLY = 0o600

const DAY_MS = 24 * 3_600_000
/** People who joined trust this very certificate: a new one shuts them out until they get a new link. */
const VALID_DAYS = 25 * 365

/** The host's certificate, with what identifies it. */
export interface HostCertificate extends TlsIdentity {
  /** SHA-256 of the certificate (DER), base64url. */
  readonly fingerprint: string
}

/** What identifies the first certificate of a PEM text: SHA-256 of its DER form, base64url. */
export function fingerprintOf(cert: string): string {
  return certificateFingerprint(new X509Certificate(cert))
}

/**
 * The host's own certificate: made at its first start, the same ever after. A file that cannot be used is put aside and
 * a new one made; the log says so, since everybody who joined before needs a new link then. Throws StartError
 * `data-unwritable`.
 */
export async function ownCertificate(dataFolder: string, logger: Logger): Promise<HostCertificate> {
  const path = join(dataFolder, CERTIFICATE_FILE)
  try {
    const stored = await readFile(path, 'utf8').catch((error: unknown) => {
      if (systemCodeOf(error) === 'ENOENT') return undefined
      throw error
    })
    if (stored !== undefined) {
      const identity = parseStored(stored)
      if (identity !== undefined) {
        await chmod(path, OWNER_ONLY)
        return identity
      }
      const aside = `${path}.damaged-${randomBytes(4).toString('hex')}`
      await rename(path, aside)
      logger.error(
        { file: aside },
        'The certificate was damaged and is put aside. A new one is made: who joined before needs a new link.',
      )
    }
    const made = await makeCertificate()
    await store(path, made)
    logger.info({ fingerprint: made.fingerprint }, 'A certificate for this host was made.')
    return made
  } catch (error) {
    throw new StartError(
      'data-unwritable',
      `The certificate ${path} cannot be read or written. Look at its permissions and at the space left on the disk.`,
      { cause: error },
    )
  }
}

/** A certificate and a key that somebody else made. Throws StartError `certificate-unusable`. */
export function givenCertificate({ cert, key }: TlsIdentity): HostCertificate {
  try {
    if (!new X509Certificate(cert).checkPrivateKey(createPrivateKey(key)))
      throw new Error('the private key is that of another certificate')
    return { cert, key, fingerprint: fingerprintOf(cert) }
  } catch (cause) {
    throw new StartError(
      'certificate-unusable',
      'The certificate or its private key cannot be used: both have to be PEM files, and belong together.',
      { cause },
    )
  }
}

function parseStored(text: string): HostCertificate | undefined {
  const cert = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n?/.exec(text)?.[0]
  const key = /-----BEGIN PRIVATE KEY-----[^-]+-----END PRIVATE KEY-----\n?/.exec(text)?.[0]
  if (cert === undefined || key === undefined) return undefined
  try {
    return givenCertificate({ cert, key })
  } catch {
    return undefined
  }
}

async function makeCertificate(): Promise<HostCertificate> {
  // Needed once in the life of a host: loading it at each start would take longer than all the rest of this.
  const { generate } = await import('selfsigned')
  const now = Date.now()
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'Inkroom room host' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    // Clocks of guests may be slow.
    notBeforeDate: new Date(now - DAY_MS),
    notAfterDate: new Date(now + VALID_DAYS * DAY_MS),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      // Addresses change with each network: whoever checks anything checks the fingerprint.
      { name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] },
    ],
  })
  return { cert, key, fingerprint: fingerprintOf(cert) }
}

/** Writes the file whole or not at all. */
async function store(path: string, { cert, key }: TlsIdentity): Promise<void> {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`
  try {
    await writeFile(temporary, `${cert.trim()}\n${key.trim()}\n`, {
      mode: OWNER_ONLY,
      flag: 'wx',
      flush: true,
    })
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}
