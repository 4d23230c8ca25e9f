import { join } from 'node:path'
import { z } from 'zod'
import type { Logger } from '../server/logger'
import { nodeRandomBytes } from '../server/nodeCrypto'
import { createKeyPair, idOfPublicKey, type KeyPair } from '../shared/identity/keys'
import { keySchema } from '../shared/protocol/values'
import { JsonFile } from './files/jsonFile'

const keyPairSchema = z.object({ publicKey: keySchema, privateKey: keySchema })

/** This installation's identity. */
export interface Device {
  readonly id: string
  readonly keys: KeyPair
}

/** Reads the device's key from the user data folder, where it is made on the first start, readable by its owner only. */
export async function loadDevice(userData: string, log: Logger): Promise<Device> {
  const file = new JsonFile(join(userData, 'device.json'), keyPairSchema, log, 0o600)
  const stored = file.read()
  const keys = stored ?? createKeyPair(nodeRandomBytes)
  if (stored === undefined) await file.write(keys)
  return { id: idOfPublicKey(keys.publicKey), keys }
}
