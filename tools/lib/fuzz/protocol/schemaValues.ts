import { audienceSchema } from '../../../../src/shared/identity/audience'
import { z } from 'zod'
import type { SeededRandom } from '../../../../tests/lib/simulation/seededRandom'
import { clientMessageSchema, type ClientMessage } from '../../../../src/shared/protocol/clientMessages'
import {
  hashSchema,
  headSchema,
  idSchema,
  keySchema,
  nameSchema,
  nestedSchema,
  pageIdSchema,
  pieceDataSchema,
  roomTitleSchema,
  signatureSchema,
} from '../../../../src/shared/protocol/values'
import { wildOp } from './wildOps'

/** Values that mean something to the server that is attacked, which the attackers have come to know. */
export interface Known {
  readonly ids: string[]
  readonly pageIds: string[]
  readonly hashes: string[]
  readonly heads: { version: number; hash: string }[]
}

export type MessageType = ClientMessage['type']

const SCHEMAS = new Map(
  clientMessageSchema.options.map((schema) => [schema.shape.type.def.values[0] as MessageType, schema]),
)

/** Every type of message that a client can send, from the protocol's own list. */
export const MESSAGE_TYPES: readonly MessageType[] = [...SCHEMAS.keys()]

/** A message that its schema takes: the right form, with whatever content. */
export function formedMessage(
  type: MessageType,
  random: SeededRandom,
  known: Known,
): Record<string, unknown> {
  const schema = SCHEMAS.get(type)
  if (schema === undefined) throw new Error(`no message ${type}`)
  return valueOf(schema, random, known) as Record<string, unknown>
}

type Maker = (random: SeededRandom, known: Known) => unknown

const text =
  (alphabet: string, length: number): Maker =>
  (random) =>
    Array.from({ length }, () => alphabet.charAt(random.below(alphabet.length))).join('')

const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const freshId = text('abcdefghijklmnopqrstuvwxyz234567', 26)
const freshHash = text('0123456789abcdef', 64)

const oneOf =
  (values: (known: Known) => readonly unknown[], otherwise: Maker): Maker =>
  (random, known) =>
    (random.chance(0.85) ? random.pick(values(known)) : undefined) ?? otherwise(random, known)

const NAMES = ['Eve', '写', '🖋️ pen', 'a'.repeat(60), '<script>alert(1)</script>', '__proto__', '=1+1']

/** What is told apart by which schema it is: several are plain strings otherwise. */
const MAKERS = new Map<z.ZodType, Maker>([
  [idSchema, oneOf(({ ids }) => ids, freshId)],
  [pageIdSchema, oneOf(({ pageIds }) => pageIds, freshId)],
  [audienceSchema, () => 'origin:http://127.0.0.1:4657'],
  [hashSchema, oneOf(({ hashes }) => hashes, freshHash)],
  [
    headSchema,
    oneOf(
      ({ heads }) => heads,
      (random) => ({ version: random.below(9), hash: freshHash(random, NOTHING) }),
    ),
  ],
  [keySchema, (random) => `${text(BASE64URL, 42)(random, NOTHING) as string}A`],
  [signatureSchema, (random) => `${text(BASE64URL, 85)(random, NOTHING) as string}A`],
  [nameSchema, (random) => random.pick(NAMES)],
  [roomTitleSchema, (random) => random.pick(NAMES)],
  [pieceDataSchema, (random) => Buffer.from(random.bytes(1 + random.below(300))).toString('base64')],
  [nestedSchema, (random, known) => wildOp(random, known.ids)],
])

const NOTHING: Known = { ids: [], pageIds: [], hashes: [], heads: [] }

function valueOf(schema: z.ZodType, random: SeededRandom, known: Known): unknown {
  const maker = MAKERS.get(schema)
  if (maker !== undefined) return maker(random, known)
  if (schema instanceof z.ZodObject) {
    const entries = Object.entries(schema.shape as Record<string, z.ZodType>)
    return Object.fromEntries(
      entries.flatMap(([name, field]) => {
        // A place that is none ends the connection.
        const isPlace = name === 'place' && random.chance(0.995)
        const value = isPlace ? placeOf(random) : valueOf(field, random, known)
        return value === undefined ? [] : [[name, value]]
      }),
    )
  }
  if (schema instanceof z.ZodLiteral) return [...schema.values][0]
  if (schema instanceof z.ZodEnum) return random.pick(schema.options)
  if (schema instanceof z.ZodBoolean) return random.chance(0.5)
  if (schema instanceof z.ZodOptional) {
    return random.chance(0.5) ? undefined : valueOf(schema.unwrap() as z.ZodType, random, known)
  }
  if (schema instanceof z.ZodNullable) {
    return random.chance(0.3) ? null : valueOf(schema.unwrap() as z.ZodType, random, known)
  }
  if (schema instanceof z.ZodArray) {
    const item = schema.element as z.ZodType
    return Array.from({ length: random.below(4) }, () => valueOf(item, random, known))
  }
  if (schema instanceof z.ZodRecord) {
    const key = valueOf(schema.keyType as z.ZodType, random, known)
    return { [String(key)]: valueOf(schema.valueType as z.ZodType, random, known) }
  }
  if (schema instanceof z.ZodNumber) return numberOf(schema, random)
  if (schema instanceof z.ZodString) return random.pick(['', 'x', 'token', '写'.repeat(20)])
  throw new Error(`the fuzz does not know how to make a ${schema.type}: teach it in schemaValues.ts`)
}

function placeOf(random: SeededRandom): unknown {
  return random.chance(0.2) ? null : Array.from({ length: random.below(3) }, () => random.below(50))
}

function numberOf(schema: z.ZodNumber, random: SeededRandom): number {
  const least = Math.max(schema.minValue ?? 0, 0)
  const most = Math.min(schema.maxValue ?? Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)
  const picked =
    random.pick([least, most, least + random.below(20), Math.floor(random.next() * most)]) ?? least
  return Math.min(Math.max(picked, least), most)
}
