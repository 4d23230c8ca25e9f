import type { z } from 'zod'
import { clientMessageSchema, type ClientMessage } from './clientMessages'
import { InkroomError } from './errors'
import { serverMessageSchema, type ServerMessage } from './serverMessages'

/** Parses a frame from a client. Throws {@link InkroomError} `message-malformed` or `name-too-long`, naming the field. */
export function parseClientMessage(frame: string): ClientMessage {
  return parse(clientMessageSchema, frame)
}

/** Parses a frame from a server. Throws {@link InkroomError} `message-malformed` or `name-too-long`, naming the field. */
export function parseServerMessage(frame: string): ServerMessage {
  return parse(serverMessageSchema, frame)
}

function parse<T>(schema: z.ZodType<T>, frame: string): T {
  const result = schema.safeParse(parseJson(frame))
  if (result.success) return result.data
  const issue = result.error.issues[0]
  const where =
    issue === undefined || issue.path.length === 0 ? 'the message' : issue.path.map(String).join('.')
  const isLongName = issue?.code === 'too_big' && /(^|\.)(name|title)$/.test(where)
  throw new InkroomError(
    isLongName ? 'name-too-long' : 'message-malformed',
    `${where}: ${issue?.message ?? 'is not allowed'}`,
  )
}

function parseJson(frame: string): unknown {
  try {
    return JSON.parse(frame)
  } catch {
    throw new InkroomError('message-malformed', 'a frame is one JSON object in UTF-8')
  }
}
