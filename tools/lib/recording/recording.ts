/**
 * Recorded editing histories in the format of <https://github.com/josephg/editing-traces>: gzipped (or plain) JSON.
 *
 * - flat: `{startContent, endContent, txns: [{time, patches}]}`
 * - concurrent: `{kind: 'concurrent', endContent, numAgents, txns: [{parents, agent, time, patches}]}`
 *
 * A patch is `[position, deleted, inserted]`; the patches of a transaction are made one after another.
 */
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { z } from 'zod'

/** Delete `deleted` characters at `position`, then insert `inserted` there. */
export type Patch = readonly [position: number, deleted: number, inserted: string]

export interface FlatRecording {
  readonly kind: 'flat'
  readonly startContent: string
  readonly endContent: string
  /** All patches, in order. */
  readonly patches: readonly Patch[]
}

/** What one agent did at one moment, in the text as it was after `parents`. */
export interface Transaction {
  /** Indexes of earlier transactions; none: the text was empty. */
  readonly parents: readonly number[]
  readonly agent: number
  readonly patches: readonly Patch[]
}

export interface ConcurrentRecording {
  readonly kind: 'concurrent'
  readonly endContent: string
  readonly transactions: readonly Transaction[]
}

export type Recording = FlatRecording | ConcurrentRecording

/** A file that is no recording, or one that contradicts itself. The message says what is wrong where. */
export class RecordingError extends Error {
  override readonly name = 'RecordingError'
}

const patchSchema = z
  .tuple([z.number().int().min(0), z.number().int().min(0), z.string()], z.unknown())
  .transform(([position, deleted, inserted]): Patch => [position, deleted, inserted])

const flatSchema = z.object({
  kind: z.literal('sequential').optional(),
  startContent: z.string().default(''),
  endContent: z.string(),
  txns: z.array(z.object({ patches: z.array(patchSchema) })),
})

const concurrentSchema = z.object({
  kind: z.literal('concurrent'),
  startContent: z.string().default(''),
  endContent: z.string(),
  txns: z.array(
    z.object({
      parents: z.array(z.number().int().min(0)),
      agent: z.number().int().min(0),
      patches: z.array(patchSchema),
    }),
  ),
})

/** The first bytes of gzipped data. */
const GZIP_MAGIC = [0x1f, 0x8b]

/** Reads a recording from a file. Throws {@link RecordingError}, or the system's error where the file cannot be read. */
export async function readRecording(file: string): Promise<Recording> {
  const bytes = await readFile(file)
  const zipped = GZIP_MAGIC.every((byte, index) => bytes[index] === byte)
  return parseRecording(parseJson((zipped ? await unzip(bytes) : bytes).toString('utf8')))
}

/** Parses a recording. Throws {@link RecordingError}. */
export function parseRecording(value: unknown): Recording {
  const concurrent =
    typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'concurrent'
  return concurrent ? parseConcurrent(value) : parseFlat(value)
}

function parseFlat(value: unknown): FlatRecording {
  const { startContent, endContent, txns } = parseWith(flatSchema, value)
  return { kind: 'flat', startContent, endContent, patches: txns.flatMap(({ patches }) => patches) }
}

function parseConcurrent(value: unknown): ConcurrentRecording {
  const { startContent, endContent, txns } = parseWith(concurrentSchema, value)
  txns.forEach(({ parents }, index) => {
    const later = parents.find((parent) => parent >= index)
    if (later !== undefined) {
      throw new RecordingError(`txns[${index}] follows txns[${later}], which is not before it`)
    }
  })
  return {
    kind: 'concurrent',
    endContent,
    transactions: startContent === '' ? txns : startWith(startContent, txns),
  }
}

/** Transactions that begin with an empty text: the first types what was there at the start. */
function startWith(startContent: string, transactions: readonly Transaction[]): Transaction[] {
  const first = { parents: [], agent: transactions[0]?.agent ?? 0, patches: [[0, 0, startContent] as const] }
  const later = transactions.map(({ parents, ...rest }) => ({
    ...rest,
    parents: parents.length === 0 ? [0] : parents.map((parent) => parent + 1),
  }))
  return [first, ...later]
}

function parseWith<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const where = issue === undefined || issue.path.length === 0 ? '' : ` at ${issue.path.join('.')}`
  throw new RecordingError(`not an editing history${where}: ${issue?.message ?? 'unknown reason'}`)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    throw new RecordingError(`not JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}

async function unzip(bytes: Buffer): Promise<Buffer> {
  try {
    return await promisify(gunzip)(bytes)
  } catch (error) {
    throw new RecordingError(`not gzip data: ${error instanceof Error ? error.message : String(error)}`)
  }
}
