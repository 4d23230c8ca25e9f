import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { EDITS, applyEdits, sqliteDefines } from '../../../scripts/bootstrap/sqlitePatch.mjs'

const PACKAGE = join(import.meta.dirname, '../../../node_modules/better-sqlite3')

describe('the patch of better-sqlite3', () => {
  it('fits the version of the lockfile and leaves no reference to a string', () => {
    for (const [file, edits] of Object.entries(EDITS)) {
      const patched = applyEdits(file, readFileSync(join(PACKAGE, file), 'utf8'), edits)
      expect(patched).not.toContain('Napi::Reference<Napi::String>')
      expect(patched).toContain('BoxedString')
    }
  })

  it('fails when the source has changed, rather than patch it half', () => {
    const edits = [{ find: 'a', replace: 'b', count: 2 }]
    expect(applyEdits('x.cpp', 'a-a', edits)).toBe('b-b')
    expect(() => applyEdits('x.cpp', 'a-a-a', edits)).toThrow(/x\.cpp has 3 times/)
    expect(() => applyEdits('x.cpp', '-', edits)).toThrow(/x\.cpp has 0 times/)
  })

  it("compiles SQLite with the package's own options", () => {
    const defines = sqliteDefines(readFileSync(join(PACKAGE, 'deps/defines.gypi'), 'utf8'))
    expect(defines).toContain('SQLITE_THREADSAFE=2')
    expect(() => sqliteDefines('{}')).toThrow(/defines\.gypi/)
  })
})
