/**
 * What storing costs: `npm run bench -- storage [--chromium PATH] [--folder PATH]`. Times are in milliseconds: medians,
 * with the 99th percentile where there were 100 runs or more. The files go to a folder of their own in `--folder`
 * (default: the system's for temporary files), which should be on a real disk. Ends with one JSON line.
 */
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { table } from '../lib/statistics'
import { measureBrowser } from './browser'
import { measureReplicas } from './replicas'
import { measureRooms } from './rooms'
import type { Figure } from './timing'

export async function benchStorage(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      chromium: { type: 'string', default: '/usr/bin/chromium' },
      folder: { type: 'string', default: tmpdir() },
    },
  })
  const folder = await mkdtemp(path.join(values.folder, 'inkroom-bench-'))
  try {
    const results: Record<string, Figure[]> = {
      'rooms.sqlite': await measureRooms(path.join(folder, 'rooms')),
      'replicas.sqlite': await measureReplicas(path.join(folder, 'replicas')),
    }
    if (existsSync(values.chromium)) results['IndexedDB'] = await measureBrowser(folder, values.chromium)
    for (const [name, figures] of Object.entries(results)) print(name, figures)
    process.stdout.write(`${JSON.stringify(results)}\n`)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function print(name: string, figures: readonly Figure[]): void {
  const rows = figures.map(({ name: what, ms, p99 }) => [what, ms.toFixed(2), p99?.toFixed(2) ?? ''])
  process.stdout.write(`${table([[name, 'ms', '99 %'], ...rows])}\n\n`)
}
