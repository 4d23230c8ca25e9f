import { expect, test } from '@playwright/test'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const RUN = join(import.meta.dirname, '..', '..', 'scripts', 'run.mjs')
const SMALL = '--shapes 300 --drawers 2 --seconds 0.4 --watch 2 --opens 1 --no-peers'

test('the benchmark of boards ends with one JSON line of figures', async () => {
  // It starts a server, people in a process of their own and the app twice, and moves for a moment each time.
  test.setTimeout(240_000)
  const { stdout } = await run(process.execPath, [
    ...[RUN, 'tools/bench/index.ts', 'board', '--json'],
    ...SMALL.split(' '),
  ])
  const { shapes, drawers, peers, alone, ...figures } = JSON.parse(
    stdout.trimEnd().split('\n').at(-1) ?? '',
  ) as Record<string, unknown>
  expect({ shapes, drawers, peers }).toEqual({
    shapes: 300,
    drawers: 2,
    peers: { excalidraw: null, tldraw: null },
  })
  // How large they are says nothing here, where other tests may run.
  expect(Object.keys(figures).sort()).toEqual([
    'frameMsP50',
    'frameMsP95',
    'openMs',
    'openReadyMs',
    'remoteStrokeMsP95',
  ])
  expect(Object.keys(alone as object).sort()).toEqual(['frameCpuMs', 'frameMsP50', 'frameMsP95'])
  for (const figure of Object.values({ ...figures, ...(alone as object) })) expect(figure).toBeGreaterThan(0)
})
