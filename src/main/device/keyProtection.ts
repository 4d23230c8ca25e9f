import { safeStorage } from 'electron'

/** The system's key store: what it encrypts only this user of this machine can decrypt. */
export interface KeyProtection {
  /** Looked at anew each time: a key store may be locked at one start and open at the next. */
  isAvailable(): boolean
  /** Gives base64. */
  encrypt(secret: string): string
  /** Throws where it was encrypted by another user or machine, or the key store stays locked. */
  decrypt(encrypted: string): string
}

/** Where Linux has no key store, Electron encrypts with a password that everybody knows. That protects nothing. */
const NO_KEY_STORE: ReadonlySet<string> = new Set(['basic_text', 'unknown'])

/** Electron's. The app has to be ready. */
export const systemProtection: KeyProtection = {
  isAvailable: () =>
    safeStorage.isEncryptionAvailable() &&
    (process.platform !== 'linux' || !NO_KEY_STORE.has(safeStorage.getSelectedStorageBackend())),
  encrypt: (secret) => safeStorage.encryptString(secret).toString('base64'),
  decrypt: (encrypted) => safeStorage.decryptString(Buffer.from(encrypted, 'base64')),
}
