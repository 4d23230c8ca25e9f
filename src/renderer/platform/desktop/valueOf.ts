import type { Reply } from '../../../shared/ipc/contract'
import { PlatformError } from '../platformError'

/** What main answered. Throws {@link PlatformError} with main's code where it refused. */
export async function valueOf<T>(reply: Promise<Reply<T>>): Promise<T> {
  const settled = await reply
  if ('error' in settled) throw new PlatformError(settled.error.code, settled.error.message)
  return settled.value
}
