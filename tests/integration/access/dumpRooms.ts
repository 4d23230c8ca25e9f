import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { z } from 'zod'

const tableSchema = z.object({ name: z.string() })

/**
 * Every row of every table of a server's database as text, by table. The server holds its database for itself, so a copy
 * is read; the server runs in this thread and writes nothing meanwhile.
 */
export function dumpRooms(dataFolder: string): Record<string, string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'inkroom-dump-'))
  try {
    for (const file of ['rooms.sqlite', 'rooms.sqlite-wal']) {
      if (existsSync(join(dataFolder, file))) copyFileSync(join(dataFolder, file), join(folder, file))
    }
    const database = new Database(join(folder, 'rooms.sqlite'))
    try {
      return rowsOfAll(database)
    } finally {
      database.close()
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function rowsOfAll(database: Database.Database): Record<string, string[]> {
  const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all()
  return Object.fromEntries(
    tables.map((table) => {
      const { name } = tableSchema.parse(table)
      const rows = database.prepare(`SELECT * FROM "${name}"`).all()
      return [name, rows.map((row) => JSON.stringify(row)).sort()]
    }),
  )
}
