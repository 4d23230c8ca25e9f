import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { openSqliteRoomStore } from '../../../src/server/storage/sqliteRoomStore'
import { idOf, sampleRoom } from './samples'
import { tempFolder } from './tempFolder'

const PROGRAM = path.join(import.meta.dirname, 'appendUntilKilled.ts')
const IMPORTS = path.resolve('scripts/typescriptImports.mjs')

/** Runs the program until it has reported `lines` appends, kills it, and gives back the last line it got out. */
async function appendAndKill(dataDir: string, lines: number): Promise<string> {
  const node = ['--experimental-transform-types', '--disable-warning=ExperimentalWarning']
  const child = spawn(
    process.execPath,
    [...node, `--import=${pathToFileURL(IMPORTS).href}`, PROGRAM, dataDir],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const exited = once(child, 'exit')
  let last = ''
  let count = 0
  for await (const line of createInterface({ input: child.stdout })) {
    last = line
    count += 1
    if (count === lines) child.kill('SIGKILL')
  }
  expect(await exited).toEqual([null, 'SIGKILL'])
  return last
}

describe('SqliteRoomStore and kill -9', () => {
  it.each([1, 17, 58])('keeps all that was reported as appended, after %i appends', async (lines) => {
    const { folder, remove } = tempFolder()
    const [version, hash] = (await appendAndKill(folder, lines)).split(' ')
    const store = openSqliteRoomStore(folder)
    const { roomId } = sampleRoom('room')
    expect(await store.hashAt(roomId, idOf('page'), Number(version))).toBe(hash)
    // Both pages of a batch are there or neither, and each loads without a gap.
    const page = await store.loadPage(roomId, idOf('page'))
    const list = await store.loadPage(roomId, 'pages')
    expect(page?.head?.version).toBeGreaterThanOrEqual(Number(version))
    expect(list?.head?.version).toBe(page?.head?.version)
    await store.close()
    remove()
  })
})
