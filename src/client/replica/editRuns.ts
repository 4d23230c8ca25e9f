import type { AnyOtType } from '../../shared/ot/anyType'
import { composeAll } from '../../shared/ot/composeAll'
import type { EditRun } from '../cache/replicaCache'

/**
 * Edits never sent, oldest first, as runs of one client each. An edit joins the run before it when that is not
 * larger, so composing forms a balanced tree (O(n log n) for n edits) and there are O(log n) runs; a run never grows
 * over `maxLength`, so that each can be sent as one update. The result depends on the sequence of edits alone:
 * replaying a journal makes the same runs.
 */
export class EditRuns {
  readonly #type: AnyOtType
  readonly #maxLength: number
  /** Never modified, only replaced: checkpoints that wait to be written hold it. */
  #runs: readonly EditRun[]

  constructor(type: AnyOtType, maxLength: number, runs: readonly EditRun[]) {
    this.#type = type
    this.#maxLength = maxLength
    this.#runs = [...runs]
  }

  get all(): readonly EditRun[] {
    return this.#runs
  }

  /** Number of edits in all runs. */
  get edits(): number {
    return this.#runs.reduce((sum, run) => sum + weight(run), 0)
  }

  add(clientId: string, seq: number, op: unknown): void {
    this.#runs = [...this.#runs, { clientId, first: seq, seq, op }]
    for (;;) {
      const last = this.#runs.at(-1)
      const before = this.#runs.at(-2)
      if (last === undefined || before === undefined || weight(last) < weight(before)) return
      const joined = this.#join(before, last)
      if (joined === undefined) return
      this.#runs = [...this.#runs.slice(0, -2), joined]
    }
  }

  /** Puts a run before all others. */
  addFirst(run: EditRun): void {
    this.#runs = [run, ...this.#runs]
  }

  /** Takes the oldest edits out, as many as one update may carry. Undefined where there are none. */
  takeFirst(): EditRun | undefined {
    let count = 0
    let length = 0
    const first = this.#runs[0]
    if (first === undefined) return undefined
    for (const run of this.#runs) {
      length += this.#type.opLength(run.op)
      if (run.clientId !== first.clientId || (count > 0 && length > this.#maxLength)) break
      count += 1
    }
    const taken = this.#runs.slice(0, count)
    this.#runs = this.#runs.slice(count)
    const last = taken.at(-1) ?? first
    const op =
      composeAll(
        this.#type,
        taken.map((run) => run.op),
      ) ?? first.op
    return { clientId: first.clientId, first: first.first, seq: last.seq, op }
  }

  /** Transforms every run over `remote`, which was committed before them; returns `remote` as it applies after them. */
  transformOver(remote: unknown): unknown {
    let other = remote
    this.#runs = this.#runs.map((run) => {
      const [otherAfter, op] = this.#type.transformBoth(other, run.op)
      other = otherAfter
      return { ...run, op }
    })
    return other
  }

  /** Takes runs away that satisfy `held`, which holds for a prefix. */
  dropWhile(held: (run: EditRun) => boolean): void {
    const kept = this.#runs.findIndex((run) => !held(run))
    this.#runs = kept < 0 ? [] : this.#runs.slice(kept)
  }

  clear(): void {
    this.#runs = []
  }

  #join(a: EditRun, b: EditRun): EditRun | undefined {
    if (a.clientId !== b.clientId) return undefined
    if (this.#type.opLength(a.op) + this.#type.opLength(b.op) > this.#maxLength) return undefined
    return { clientId: a.clientId, first: a.first, seq: b.seq, op: this.#type.compose(a.op, b.op) }
  }
}

function weight(run: EditRun): number {
  return run.seq - run.first + 1
}
