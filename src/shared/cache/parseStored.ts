import type { z } from 'zod'
import { CacheError } from './replicaCache'

/** Parses what was stored. Throws CacheError `database-corrupt` naming the row. */
export function parseStored<T>(schema: z.ZodType<T>, value: unknown, row: string): T {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  const where =
    issue === undefined || issue.path.length === 0 ? '' : ` at ${issue.path.map(String).join('.')}`
  throw new CacheError(
    'database-corrupt',
    `${row} does not parse${where}: ${issue?.message ?? 'not allowed'}`,
  )
}

/** {@link parseStored} for JSON text. */
export function parseStoredJson<T>(schema: z.ZodType<T>, json: unknown, row: string): T {
  return parseStored(schema, jsonOf(json, row), row)
}

/** The rows that parse; each other one is reported, so that one damaged row does not hide the rest. */
export function parseEach<R, T>(
  rows: readonly R[],
  parse: (row: R) => T,
  report: (error: CacheError) => void,
): T[] {
  const parsed: T[] = []
  for (const row of rows) {
    try {
      parsed.push(parse(row))
    } catch (error) {
      if (!(error instanceof CacheError)) throw error
      report(error)
    }
  }
  return parsed
}

function jsonOf(json: unknown, row: string): unknown {
  if (typeof json !== 'string') throw new CacheError('database-corrupt', `${row} is not text`)
  try {
    return JSON.parse(json)
  } catch (cause) {
    throw new CacheError('database-corrupt', `${row} is not JSON`, { cause })
  }
}
