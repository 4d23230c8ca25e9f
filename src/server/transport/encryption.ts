/** A certificate with its private key, both as PEM text. */
export interface TlsIdentity {
  /** The certificate; others that lead to an authority may follow it. */
  readonly cert: string
  readonly key: string
}

/** Whether connections are encrypted. */
export type Encryption =
  /** Never: for this machine alone, and behind a proxy that encrypts. */
  | 'off'
  | {
      readonly identity: TlsIdentity
      /** Whether browsers may also come in without encryption, on the same port. Can be switched later. */
      readonly plainBrowsers: boolean
    }
