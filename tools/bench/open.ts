/**
 * `npm run bench -- open [--runs N]`: opening a document of 1 MB from the device's SQLite cache with no network, from
 * opening the database to the text being there for the editor. Each run is a process of its own, as an app that was
 * just started is.
 */
import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { openReplicaDatabase } from '../../src/main/cache/replicaDatabase'
import type { JournalEntry } from '../../src/shared/cache/replicaCache'
import { median, table } from './lib/statistics'
import type { Opened } from './openWorker'
import { idOf, sampleEdit, SamplePage } from './storage/samples'

const WORKER = fileURLToPath(new URL('./openWorker.ts', import.meta.url))
/** What is promised, milliseconds. */
const TARGET_MS = 300
const LENGTH = 1024 * 1024

/** What lies in the cache beside the document. */
const CASES = {
  'nothing else': { history: 0, journal: 0 },
  '500 steps since the checkpoint': { history: 0, journal: 500 },
  '500 steps, 2,000 updates kept': { history: 2_000, journal: 500 },
} as const

export async function benchOpen(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { runs: { type: 'string', default: '7' } } })
  const runs = Number(values.runs)
  const results: Record<string, { databaseMs: number; pageMs: number; ms: number }> = {}
  for (const [name, { history, journal }] of Object.entries(CASES)) {
    const folder = await mkdtemp(join(tmpdir(), 'inkroom-bench-'))
    try {
      await fill(folder, history, journal)
      const opened = Array.from({ length: runs }, () => openOnce(folder, name))
      const of = (read: (each: Opened) => number): number => Math.round(median(opened.map(read)) * 10) / 10
      results[name] = {
        databaseMs: of(({ databaseMs }) => databaseMs),
        pageMs: of(({ pageMs }) => pageMs),
        ms: of(({ databaseMs, pageMs }) => databaseMs + pageMs),
      }
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }
  const rows = Object.entries(results).map(([name, { databaseMs, pageMs, ms }]) => [
    name,
    ...[databaseMs, pageMs, ms].map(String),
    ms <= TARGET_MS ? 'yes' : 'NO',
  ])
  const ok = Object.values(results).every(({ ms }) => ms <= TARGET_MS)
  const head = ['1 MB from the cache with', 'database ms', 'page ms', 'all ms', `<= ${TARGET_MS}`]
  process.stdout.write(`${table([head, ...rows])}\n`)
  process.stdout.write(`${JSON.stringify({ bench: 'open', runs, targetMs: TARGET_MS, ok, results })}\n`)
}

/** Puts a page into a device's cache. */
async function fill(folder: string, history: number, journal: number): Promise<void> {
  const replicas = openReplicaDatabase(folder, {
    report: (error) => {
      throw error
    },
  })
  const [roomId, pageId] = [idOf('room'), idOf('page')]
  const store = await replicas.cacheFor('window').claim(roomId, pageId)
  const page = new SamplePage(roomId, pageId)
  const updates = (): JournalEntry => {
    const { after, updates, head } = page.next(1)
    const { hash, signature } = head
    return {
      kind: 'updates',
      from: after.version,
      updates: updates.map(({ update }) => update),
      hash,
      signature,
    }
  }
  const checkpoint = (snapshot: string) => ({
    ...page.head,
    signedHead: undefined,
    snapshot,
    inflight: undefined,
    pending: [],
    acknowledged: [],
  })
  await store.checkpoint(checkpoint(''), { keepUpdates: 0 })
  if (history > 0) await store.append(Array.from({ length: history }, updates))
  await store.checkpoint(checkpoint(textOf(LENGTH)), { keepUpdates: history })
  // Somebody else writes while the person does.
  const steps = Array.from({ length: journal }, (_, index) =>
    index % 2 === 0 ? { ...sampleEdit(index / 2 + 1), clientId: idOf('me') } : updates(),
  )
  if (steps.length > 0) await store.append(steps)
  await replicas.close()
}

function openOnce(folder: string, name: string): Opened {
  const child = spawnSync(process.execPath, [...process.execArgv, WORKER, folder], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (child.status !== 0) throw new Error(`opening (${name}) failed with status ${child.status}`)
  return JSON.parse(child.stdout) as Opened
}

/** Lines of Markdown, so many UTF-16 units. */
function textOf(length: number): string {
  const line =
    'Somebody wrote this line of **Markdown** into a long document, and nobody has read it since.\n'
  return line.repeat(Math.ceil(length / line.length)).slice(0, length)
}
