import { z } from 'zod'
import { fingerprintSchema } from '../../shared/access/inviteToken'
import { idSchema, nameSchema, PROTOCOL_VERSION, roomTitleSchema } from '../../shared/protocol/values'

/** Version of what the text record of a room says. Others are ignored. */
const TEXT_VERSION = '1'
/** Bytes of one entry of a text record, `key=value`: its length stands in one byte (RFC 6763 section 6.1). */
const MAX_ENTRY_BYTES = 255

/** What a room's text record says about it. */
export interface ServiceText {
  readonly roomId: string
  /** Shortened where it is too long for a record. */
  readonly title: string
  /** Name of the machine that hosts it. */
  readonly hostName: string
  /** SHA-256 of the host's certificate, base64url; undefined: there is no encryption. */
  readonly fingerprint: string | undefined
}

const textSchema = z
  .object({
    v: z.literal(TEXT_VERSION),
    id: idSchema,
    t: roomTitleSchema,
    n: nameSchema,
    fp: fingerprintSchema.optional(),
  })
  .transform(({ id, t, n, fp }): ServiceText => ({ roomId: id, title: t, hostName: n, fingerprint: fp }))

/** The text record of a room, as key and value pairs. */
export function writeServiceText({
  roomId,
  title,
  hostName,
  fingerprint,
}: ServiceText): Record<string, string> {
  return {
    v: TEXT_VERSION,
    id: roomId,
    t: shortened(title, MAX_ENTRY_BYTES - 't='.length),
    n: shortened(hostName, MAX_ENTRY_BYTES - 'n='.length),
    ...(fingerprint !== undefined && { fp: fingerprint }),
    p: String(PROTOCOL_VERSION),
  }
}

/** What a text record from the network says; undefined where it is none of ours. */
export function readServiceText(text: unknown): ServiceText | undefined {
  const parsed = textSchema.safeParse(text)
  return parsed.success ? parsed.data : undefined
}

/** As many whole characters as fit, with a sign that some are missing. */
function shortened(text: string, maxBytes: number): string {
  if (Buffer.byteLength(text) <= maxBytes) return text
  const characters = [...text]
  while (Buffer.byteLength(`${characters.join('')}…`) > maxBytes) characters.pop()
  return `${characters.join('')}…`
}
