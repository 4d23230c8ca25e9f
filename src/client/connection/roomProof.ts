import { idOfPublicKey, roomProofText, verify as verifyWithKey } from '../../shared/identity/keys'
import { InkroomError } from '../../shared/protocol/errors'
import type { ServerMessageOf } from '../../shared/protocol/serverMessages'

/** Checks a signature (base64url) of a text by a public key (base64url). */
export type Verify = (signature: string, text: string, publicKey: string) => boolean

export interface ExpectedRoom {
  readonly roomId: string
  /** The certificate that this connection has pinned, where it has one. */
  readonly fingerprint: string | undefined
  readonly challenge: string
  readonly sessionId: string
}

/** Why an answer to a join is not to be trusted; undefined where the room itself has given it, over this connection. */
export function faultOfJoined(
  { roomId, roomKey, proof }: ServerMessageOf<'joined'>,
  expected: ExpectedRoom,
  verify: Verify = verifyWithKey,
): InkroomError | undefined {
  const { fingerprint, challenge, sessionId } = expected
  if (roomId !== expected.roomId || idOfPublicKey(roomKey) !== roomId)
    return new InkroomError('room-unknown', 'the server answered with another room')
  if (!verify(proof.signature, roomProofText(challenge, sessionId, proof.fingerprint), roomKey))
    return new InkroomError('room-unproven', "the server has not signed with the room's key")
  // Whoever stands in between was pinned by a certificate of their own, such as one they announced in the network.
  if (fingerprint !== undefined && fingerprint !== proof.fingerprint)
    return new InkroomError(
      'certificate-mismatch',
      'the room names another certificate than this connection has',
    )
  return undefined
}
