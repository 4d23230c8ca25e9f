import { statSync } from 'node:fs'
import path from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { Replica } from '../../../src/client/replica/replica'
import { DEFAULT_REPLICA_LIMITS } from '../../../src/client/replica/replicaOptions'
import { openReplicaDatabase, REPLICA_DATABASE_FILE } from '../../../src/main/cache/replicaDatabase'
import { nodeSha256Hex } from '../../../src/server/nodeCrypto'
import { otTypeOf } from '../../../src/shared/ot/anyType'
import { recordsType, type RecordsSnapshot } from '../../../src/shared/ot/records'
import { firstHash, nextHash } from '../../../src/shared/update'
import { idOf } from '../../lib/idOf'
import { ManualClock } from '../../lib/manualClock'
import { tempFolder } from './tempFolder'

const [ROOM, PAGE, CLIENT] = [idOf('room'), idOf('page'), idOf('client')] as const
const STROKES = 6_000

test('X16: an emptied board of 20 MB takes under 10 % of its size on a device too', async () => {
  const { folder, remove } = tempFolder()
  const database = openReplicaDatabase(folder, {
    report: (error) => {
      throw error
    },
    shrinkDelayMs: 1,
  })
  onTestFinished(async () => {
    await database.close()
    remove()
  })
  const size = (): number =>
    ['', '-wal'].reduce((sum, end) => sum + statSync(path.join(folder, REPLICA_DATABASE_FILE + end)).size, 0)
  const store = await database.cacheFor('window').claim(ROOM, PAGE)
  const replica = await Replica.load(
    {
      roomId: ROOM,
      pageId: PAGE,
      kind: 'board',
      type: otTypeOf('board'),
      clientId: CLIENT,
      clock: new ManualClock(),
      hash: nodeSha256Hex,
      createId: () => idOf('draft'),
      onDraft: () => undefined,
      limits: DEFAULT_REPLICA_LIMITS,
    },
    store,
    true,
  )
  replica.connected({ nextRequest: () => 1, send: () => undefined })
  let head = { version: 0, hash: firstHash(ROOM, PAGE, nodeSha256Hex) }
  const opened = { request: 1, pageId: PAGE, kind: 'board', head } as const
  replica.received({
    type: 'opened',
    ...opened,
    mode: 'updates',
    clients: [{ clientId: CLIENT, seq: 0, version: 0 }],
  })
  const commit = (change: unknown, from: number, count: number): void => {
    const ids = Array.from({ length: count }, (_, i) => `s${from + i}`)
    const op = recordsType.parseOp(Object.fromEntries(ids.map((id) => [id, change])))
    const after = head.version
    const update = { clientId: idOf('ada'), after, seq: after + 1, author: idOf('device'), time: 1, op }
    head = { version: after + 1, hash: nextHash(head.hash, after + 1, update, nodeSha256Hex) }
    replica.received({ type: 'updates', pageId: PAGE, from: after, updates: [update], hash: head.hash })
  }

  const points = Array.from({ length: 600 }, (_, i) => ((i * 7919) % 20_000) / 10)
  for (let i = 0; i < STROKES; i += 50) commit({ put: { kind: 'stroke', points: { path: points } } }, i, 50)
  await replica.written()
  const full = size()
  expect(full).toBeGreaterThan(20_000_000)
  for (let i = 0; i < STROKES; i += 1_000) commit({ deleted: true }, i, 1_000)
  await replica.written()
  expect(size()).toBeGreaterThan(20_000_000)
  for (let i = 0; i < STROKES; i += 1_000) commit({ purge: true }, i, 1_000)
  expect((replica.content as RecordsSnapshot).records.size).toBe(0)
  await replica.written()
  await vi.waitFor(() => expect(size()).toBeLessThan(2_000_000), { timeout: 10_000, interval: 20 })
  process.stderr.write(`\n${(full / 1e6).toFixed(1)} MB -> ${(size() / 1e6).toFixed(3)} MB on a device\n`)
  await replica.close('release')
}, 60_000)
