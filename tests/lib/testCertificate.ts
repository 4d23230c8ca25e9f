import { generate } from 'selfsigned'
import { fingerprintOf, type HostCertificate } from '../../src/server/host/certificate'

/** A new self-signed certificate, as a host has one. */
export async function testCertificate(): Promise<HostCertificate> {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'test' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
  })
  return { cert, key, fingerprint: fingerprintOf(cert) }
}
