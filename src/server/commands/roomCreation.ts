import { readFile } from 'node:fs/promises'
import type { RoomCreation } from '../core/environment'
import { StartError } from '../startError'
import type { ServeFlags } from './serveFlags'

/** Shortest creation token, characters: below it guessing is a matter of days. */
const MIN_TOKEN_LENGTH = 16
/** Longest one that fits into the protocol's message. */
const MAX_TOKEN_LENGTH = 200

/** Who may create rooms, by the flags. Throws StartError `token-file-unreadable`. */
export async function roomCreationOf({
  createRooms,
  creationTokenFile,
}: Pick<ServeFlags, 'createRooms' | 'creationTokenFile'>): Promise<RoomCreation> {
  const mode = createRooms ?? (creationTokenFile === undefined ? 'anyone' : 'token')
  return mode === 'token' ? { mode, token: await readToken(creationTokenFile) } : { mode }
}

async function readToken(file: string | undefined): Promise<string> {
  if (file === undefined) {
    throw new StartError('token-file-unreadable', 'Name the file with the token: --creation-token-file FILE.')
  }
  const token = (await readText(file)).trim()
  if (token.length >= MIN_TOKEN_LENGTH && token.length <= MAX_TOKEN_LENGTH) return token
  throw new StartError(
    'token-file-unreadable',
    `The creation token in ${file} must have ${MIN_TOKEN_LENGTH} to ${MAX_TOKEN_LENGTH} characters.`,
  )
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    throw new StartError(
      'token-file-unreadable',
      `The file ${file} with the creation token cannot be read.`,
      { cause },
    )
  }
}
