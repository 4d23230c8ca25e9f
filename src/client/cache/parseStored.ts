import type { z } from 'zod'
import { CacheError } from './replicaCache'

/** Parses stored JSON. Throws CacheError `database-corrupt` naming the row. */
export function parseStored<T>(schema: z.ZodType<T>, json: string, row: string): T {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch (cause) {
    throw new CacheError('database-corrupt', `${row} is not JSON`, { cause })
  }
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
