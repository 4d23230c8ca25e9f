import { readFile } from 'node:fs/promises'
import type { HostEncryption } from '../host/startHost'
import { StartError } from '../startError'
import type { ServeFlags } from './serveFlags'

/** Whether the server encrypts and with what, by the flags. Throws StartError `certificate-unusable`. */
export async function encryptionOf({
  encryption,
  tlsCert,
  tlsKey,
  plainBrowsers,
}: Pick<ServeFlags, 'encryption' | 'tlsCert' | 'tlsKey' | 'plainBrowsers'>): Promise<HostEncryption> {
  if (!encryption) return 'off'
  if (tlsCert === undefined && tlsKey === undefined) return { certificate: 'own', plainBrowsers }
  if (tlsCert === undefined || tlsKey === undefined)
    throw new StartError('certificate-unusable', 'Name both files: --tls-cert FILE and --tls-key FILE.')
  const [cert, key] = await Promise.all([readPem(tlsCert), readPem(tlsKey)])
  return { certificate: { cert, key }, plainBrowsers }
}

async function readPem(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    throw new StartError('certificate-unusable', `The file ${file} cannot be read.`, { cause })
  }
}
