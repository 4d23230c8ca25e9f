import { loginText, sign, type KeyPair, type LoginProof } from './keys'

/** A device as an engine has it: it proves who it is at logins. The private key may be in another process. */
export interface LoginSigner {
  readonly publicKey: string
  /** Signature of {@link loginText}. */
  signLogin(proof: LoginProof): Promise<string>
}

/** A signer by a key pair at hand. `signText` is another implementation of {@link sign}. */
export function loginSigner({ publicKey, privateKey }: KeyPair, signText = sign): LoginSigner {
  return {
    publicKey,
    signLogin: async (proof) => signText(loginText(proof), privateKey),
  }
}
