import { join } from 'node:path'
import { z } from 'zod'
import type { Logger } from '../../server/logger'
import { createNodeSigner, nodePublicKeyOf, nodeRandomBytes } from '../../server/nodeCrypto'
import { createKeyPair, idOfPublicKey, type KeyPair } from '../../shared/identity/keys'
import { loginSigner, type LoginSigner } from '../../shared/identity/loginSigner'
import { keySchema } from '../../shared/protocol/values'
import { JsonFile } from '../files/jsonFile'
import type { KeyProtection } from './keyProtection'

/** Longest encrypted private key, in characters of base64. Systems add a header to the 43 characters of the key. */
const MAX_ENCRYPTED_LENGTH = 4096

const deviceFileSchema = z.object({
  version: z.literal(1),
  publicKey: keySchema,
  privateKey: z.union([
    z.object({ encrypted: z.base64().min(1).max(MAX_ENCRYPTED_LENGTH) }),
    z.object({ plain: keySchema }),
  ]),
})
type StoredDevice = z.infer<typeof deviceFileSchema>

/** This installation's identity. Its private key does not leave this process. */
export interface Device extends LoginSigner {
  readonly id: string
}

/** What the person decides where the key cannot be read or decrypted: try once more, go on as somebody new, or quit. */
export type LockedKeyAnswer = 'try-again' | 'new-identity' | 'quit'

export interface DeviceOptions {
  readonly userData: string
  readonly protection: KeyProtection
  /** `unreadable`: the file with the key, where that is what cannot be read. */
  readonly onLocked: (unreadable?: string) => Promise<LockedKeyAnswer>
  readonly log: Logger
}

/**
 * Reads the device's key from the user data folder, where it is made on the first start: encrypted by the system
 * where it can, else as it is; readable by its owner only. One that was stored as it is gets encrypted as soon as
 * the system can. Undefined where the person would rather quit.
 */
export async function loadDevice(options: DeviceOptions): Promise<Device | undefined> {
  const { userData, protection, log } = options
  const file = new JsonFile(join(userData, 'device.json'), deviceFileSchema, log, 0o600)
  const keys = await storedKeys(file, options)
  if (keys === 'quit') return undefined
  const { publicKey, privateKey } = keys ?? createKeyPair(nodeRandomBytes)
  if (keys === undefined || (keys.isPlain && protection.isAvailable())) {
    await file.write({ version: 1, publicKey, privateKey: protectedForm(privateKey, options) })
  }
  return { id: idOfPublicKey(publicKey), ...loginSigner({ publicKey, privateKey }, createNodeSigner()) }
}

type StoredKeys = KeyPair & { readonly isPlain: boolean }

/** Undefined where there are none that can be used any more. */
async function storedKeys(
  file: JsonFile<StoredDevice>,
  { protection, onLocked, log }: DeviceOptions,
): Promise<StoredKeys | 'quit' | undefined> {
  const stored = await readOrAsk(file, onLocked)
  if (stored === undefined || stored === 'quit') return stored
  const { publicKey, privateKey } = stored
  if ('plain' in privateKey) {
    if (nodePublicKeyOf(privateKey.plain) === publicKey)
      return { publicKey, privateKey: privateKey.plain, isPlain: true }
    log.error({}, 'the halves of the device key do not belong together; it is put aside')
    file.putAside()
    return undefined
  }
  for (;;) {
    try {
      const plain = keySchema.parse(protection.decrypt(privateKey.encrypted))
      if (nodePublicKeyOf(plain) === publicKey) return { publicKey, privateKey: plain, isPlain: false }
      log.error({}, 'what the key store decrypted is another key')
    } catch (error) {
      log.error({ err: error }, 'cannot decrypt the device key')
    }
    switch (await onLocked()) {
      case 'try-again':
        continue
      case 'new-identity':
        log.warn({}, 'the device key is put aside and a new one made')
        file.putAside()
        return undefined
      case 'quit':
        return 'quit'
    }
  }
}

/** Undefined where there is none any more: the person goes on as somebody new. */
async function readOrAsk(
  file: JsonFile<StoredDevice>,
  onLocked: DeviceOptions['onLocked'],
): Promise<StoredDevice | 'quit' | undefined> {
  for (;;) {
    try {
      return file.read()
    } catch {
      switch (await onLocked(file.path)) {
        case 'try-again':
          continue
        case 'new-identity':
          file.putAside()
          return undefined
        case 'quit':
          return 'quit'
      }
    }
  }
}

function protectedForm(privateKey: string, { protection, log }: DeviceOptions): StoredDevice['privateKey'] {
  if (!protection.isAvailable()) return { plain: privateKey }
  try {
    return { encrypted: protection.encrypt(privateKey) }
  } catch (error) {
    log.warn({ err: error }, 'the system cannot encrypt the device key; it is stored as it is')
    return { plain: privateKey }
  }
}
