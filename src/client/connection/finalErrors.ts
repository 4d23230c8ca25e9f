import type { ErrorCode } from '../../shared/protocol/errors'

/** Errors after which trying again by itself would be of no use. */
export const FINAL_ERRORS: ReadonlySet<string> = new Set<ErrorCode>([
  'protocol-unsupported',
  'login-failed',
  'room-unknown',
  'room-closed',
  'room-full',
  'room-unproven',
  'not-allowed',
  'certificate-mismatch',
  'encryption-needed',
  'invite-needed',
  'invite-invalid',
  'invite-expired',
  'invite-used-up',
  'invite-revoked',
  'banned',
  'removed',
  'not-admitted',
  'not-answered',
])

/** Errors that end one's stay in a room; every other one that comes there is about something that was asked. */
export const EXPULSIONS: ReadonlySet<string> = new Set<ErrorCode>(['removed', 'banned'])
