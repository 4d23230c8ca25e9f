import { z } from 'zod'
import { createKeyPair, type KeyPair, type RandomBytes } from '../../../shared/identity/keys'
import { keySchema } from '../../../shared/protocol/values'
import { readStored, type KeyValueStore } from './storedJson'

const KEY = 'inkroom.device'
const keyPairSchema = z.object({ publicKey: keySchema, privateKey: keySchema })

/** The identity of this browser profile at this origin, made on the first visit. */
export function loadWebDevice(store: KeyValueStore, randomBytes: RandomBytes): KeyPair {
  const stored = readStored(store, KEY, keyPairSchema)
  if (stored !== undefined) return stored
  const made = createKeyPair(randomBytes)
  store.setItem(KEY, JSON.stringify(made))
  // Another tab may have made one at the same time: the one that is stored counts for both.
  return readStored(store, KEY, keyPairSchema) ?? made
}
