/**
 * What the map of records costs with 10,000 records: `node scripts/run.mjs tools/bench/records.ts`. A third of the
 * records are lines of 60 points, the others notes with a label. Ends with one JSON line; times are medians.
 */
import {
  appendPoints,
  editRecord,
  recordsType,
  rewriteText,
  type RecordsOp,
  type RecordsSnapshot,
  type RecordValue,
} from '../../src/shared/ot/records/index'

const RECORDS = 10_000
const ROUNDS = 15

function makeBoard(): RecordsSnapshot {
  const records = Array.from({ length: RECORDS }, (_, i): [string, RecordValue] => {
    const props = {
      angle: 0,
      colour: i % 12,
      height: 80,
      order: `a${i % 10}V`,
      width: 120,
      x: i * 7.25,
      y: i * 3.5,
    }
    const points = Array.from({ length: 60 }, (_, k) => Math.round((i + k * 1.37) * 100) / 100)
    const id = `shape${(i * 7919) % 1_000_003}`
    return i % 3 === 0
      ? [id, { kind: 'stroke', points: { path: points }, props }]
      : [id, { kind: 'note', props, texts: { label: `Note number ${i}` } }]
  })
  return recordsType.parseSnapshot(JSON.stringify(Object.fromEntries(records)))
}

/** Median time of one call, in milliseconds. */
function measure(calls: number, call: (index: number) => void): number {
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now()
    for (let i = 0; i < calls; i++) call(i)
    times.push((performance.now() - start) / calls)
  }
  return times.sort((a, b) => a - b)[ROUNDS >> 1] ?? Number.NaN
}

const board = makeBoard()
const entries = [...board.records.entries()]
const notes = entries.filter(([, record]) => record.kind === 'note')
const [strokeId, stroke] = entries.find(([, record]) => record.kind === 'stroke') as [string, RecordValue]
const text = recordsType.serialise(board)
const patches = notes.slice(0, 1000).map(([id], i) => editRecord(id, { set: { x: i, y: i } }))
const labels = notes.slice(0, 1000).map(([id, record]) => rewriteText(id, record, 'label', 'Another label'))
const append = appendPoints(strokeId, stroke, 'path', [1.25, 2.5, 3.75, 4, 5.5, 6])
const everything = recordsType.parseOp(
  Object.fromEntries(entries.map(([id]): [string, RecordsOp[string]] => [id, { set: { x: 1 } }])),
)
const others = recordsType.parseOp(
  Object.fromEntries(entries.map(([id]): [string, RecordsOp[string]] => [id, { set: { x: 2, y: 2 } }])),
)
const moved = recordsType.apply(board, patches[0] as RecordsOp)

const result = {
  records: RECORDS,
  snapshotLength: text.length,
  patchUs: measure(1000, (i) => recordsType.apply(board, patches[i] as RecordsOp)) * 1000,
  labelUs: measure(1000, (i) => recordsType.apply(board, labels[i] as RecordsOp)) * 1000,
  appendUs: measure(1000, () => recordsType.apply(board, append)) * 1000,
  diffOfOnePatchUs: measure(100, () => recordsType.diff(board, moved)) * 1000,
  patchAllMs: measure(1, () => recordsType.apply(board, everything)),
  transformAllMs: measure(1, () => recordsType.transformBoth(everything, others)),
  composeAllMs: measure(1, () => recordsType.compose(everything, others)),
  serialiseMs: measure(1, () => recordsType.serialise(board)),
  parseMs: measure(1, () => recordsType.parseSnapshot(text)),
}
process.stdout.write(
  `${JSON.stringify(result, (_, value: unknown) => (typeof value === 'number' ? Math.round(value * 100) / 100 : value))}\n`,
)
