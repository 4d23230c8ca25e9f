/** Measures one engine in a process of its own: `algebraWorker.ts ENGINE TASK`. Prints one JSON line. */
import { ENGINES, type Engine, type Task } from './lib/engines'
import { offlineMerge, recording } from './lib/workloads'

/** Times the task is done again after the first time, if that took no longer than {@link REPEAT_BELOW_MS}. */
const REPEATS = 4
const REPEAT_BELOW_MS = 700

export type TaskName = 'replay' | 'offline'

export interface Measured {
  /** Time of the first run, before anything is compiled. */
  readonly cold: number
  /** Times of the repeated runs. */
  readonly warm: readonly number[]
  /** True if the text was right (replay), or both sides had the same text (offline). */
  readonly ok: boolean
}

function prepare(
  engine: Engine,
  task: TaskName,
): { make: () => Task; isRight: (texts: readonly string[]) => boolean } {
  if (task === 'replay') {
    const replay = recording('seph-blog1')
    return { make: () => engine.replay(replay), isRight: (texts) => texts[0] === replay.endContent }
  }
  const merge = offlineMerge(100_000, 50_000)
  return {
    make: () => engine.offline(merge),
    isRight: (texts) => texts[0] === texts[1] && texts[0] !== merge.base,
  }
}

const [name = '', task] = process.argv.slice(2)
const engine = ENGINES[name]
if (engine === undefined || (task !== 'replay' && task !== 'offline'))
  throw new Error('usage: ENGINE replay|offline')

const { make, isRight } = prepare(engine, task)
const times: number[] = []
let ok = true
while (times.length === 0 || (times.length <= REPEATS && (times[0] as number) < REPEAT_BELOW_MS)) {
  const run = make()
  const start = performance.now()
  const texts = run()
  times.push(performance.now() - start)
  ok &&= isRight(texts())
}
const measured: Measured = { cold: times[0] as number, warm: times.slice(1), ok }
process.stdout.write(`${JSON.stringify(measured)}\n`)
