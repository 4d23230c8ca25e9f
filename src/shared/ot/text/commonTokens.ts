/**
 * A common subsequence of two token lists, by the greedy algorithm of E. Myers, "An O(ND) Difference Algorithm and
 * Its Variations" (1986), with two changes: tokens that only one list has are left out beforehand (they cannot be
 * common), and after `maxEdits` edits the best path so far is kept and the search starts anew from its end. So
 * time is at most proportional to (length of both lists) * `maxEdits`, and what is found is then not always longest.
 */

/** How many steps the searches of one difference may still take together. */
export interface StepBudget {
  steps: number
}

/** Equal stretches `[start in a, start in b, length, ...]`, ascending in both lists and never mergeable. */
export type Runs = readonly number[]

/** After how many edits a search starts anew: between these bounds as the budget allows. */
const LEAST_EDITS = 8
const MOST_EDITS = 1024

/** Common tokens of `a` and `b`. Tokens are whole numbers from 0 up to, not including, `tokenCount`. */
export function commonTokens(
  a: readonly number[],
  b: readonly number[],
  tokenCount: number,
  budget: StepBudget,
): Runs {
  const aKept = indicesOfShared(a, b, tokenCount)
  const bKept = indicesOfShared(b, a, tokenCount)
  const search = new Search(
    aKept.map((index) => a[index] as number),
    bKept.map((index) => b[index] as number),
    budget,
  )
  const runs: number[] = []
  search.run((x, y, length) => {
    for (let i = 0; i < length; i++) addToRuns(runs, aKept[x + i] as number, bKept[y + i] as number)
  })
  return runs
}

/** The indices of `list` whose tokens `other` has too. */
function indicesOfShared(list: readonly number[], other: readonly number[], tokenCount: number): Int32Array {
  const shared = new Uint8Array(tokenCount)
  for (const token of other) shared[token] = 1
  const indices = new Int32Array(list.length)
  let count = 0
  for (let i = 0; i < list.length; i++) if (shared[list[i] as number] === 1) indices[count++] = i
  return indices.subarray(0, count)
}

function addToRuns(runs: number[], a: number, b: number): void {
  const last = runs.length - 3
  const length = runs[last + 2] as number
  if (last >= 0 && (runs[last] as number) + length === a && (runs[last + 1] as number) + length === b) {
    runs[last + 2] = length + 1
  } else runs.push(a, b, 1)
}

/** Marks a diagonal that no path has reached. */
const UNREACHED = -2

class Search {
  constructor(
    private readonly a: Int32Array,
    private readonly b: Int32Array,
    private readonly budget: StepBudget,
  ) {}

  /** Calls `found` with each equal stretch, from left to right. */
  run(found: (x: number, y: number, length: number) => void): void {
    const affordable = Math.floor(this.budget.steps / (this.a.length + this.b.length + 1))
    const maxEdits = Math.min(MOST_EDITS, Math.max(LEAST_EDITS, affordable))
    let x = 0
    let y = 0
    while (x < this.a.length && y < this.b.length) {
      const path = this.backtrack(this.explore(x, y, maxEdits), x, y)
      for (let i = path.snakes.length - 3; i >= 0; i -= 3) {
        found(path.snakes[i] as number, path.snakes[i + 1] as number, path.snakes[i + 2] as number)
      }
      x = path.x
      y = path.y
    }
  }

  /**
   * The furthest point, counted in `a` from `x0`, on each diagonal for 0, 1, 2, ... edits, until the end is reached
   * or `maxEdits` are made. Row d holds the diagonals k = -d, -d + 2, ..., d (k = steps in `a` - steps in `b`).
   */
  private explore(x0: number, y0: number, maxEdits: number): Int32Array[] {
    const { a, b } = this
    const aLength = a.length - x0
    const bLength = b.length - y0
    const rows: Int32Array[] = []
    for (let d = 0, ended = false; d <= maxEdits && !ended; d++) {
      const row = new Int32Array(d + 1)
      const previous = rows[d - 1]
      rows.push(row)
      let steps = d
      for (let i = 0; i <= d; i++) {
        const k = 2 * i - d
        const start = previous === undefined ? 0 : startOf(previous, i, k, aLength, bLength)
        let x = start
        if (x >= 0) {
          while (x < aLength && x - k < bLength && a[x0 + x] === b[y0 + x - k]) x++
          steps += x - start
          ended ||= x === aLength && x - k === bLength
        }
        row[i] = x
      }
      this.budget.steps -= steps
    }
    return rows
  }

  /** The path to the furthest point of the last row: where it ends, and its equal stretches, last first. */
  private backtrack(
    rows: readonly Int32Array[],
    x0: number,
    y0: number,
  ): { readonly x: number; readonly y: number; readonly snakes: readonly number[] } {
    const aLength = this.a.length - x0
    const bLength = this.b.length - y0
    const last = rows.length - 1
    let i = furthest(rows[last] as Int32Array)
    let x = (rows[last] as Int32Array)[i] as number
    const end = { x: x0 + x, y: y0 + x - (2 * i - last) }
    const snakes: number[] = []
    for (let d = last; d >= 0; d--) {
      const k = 2 * i - d
      const previous = rows[d - 1]
      const start = previous === undefined ? 0 : startOf(previous, i, k, aLength, bLength)
      if (x > start) snakes.push(x0 + start, y0 + start - k, x - start)
      if (previous === undefined) break
      const cameDown = previous[i] === start && start - k <= bLength
      if (!cameDown) i--
      x = previous[i] as number
    }
    return { ...end, snakes }
  }
}

/** Where the path to entry `i` (diagonal `k`) begins after one more edit than `previous`: the better of two ways. */
function startOf(previous: Int32Array, i: number, k: number, aLength: number, bLength: number): number {
  const right = i > 0 ? (previous[i - 1] as number) + 1 : UNREACHED
  const down = i < previous.length ? (previous[i] as number) : UNREACHED
  const viaRight = right > 0 && right <= aLength ? right : UNREACHED
  const viaDown = down >= 0 && down - k <= bLength ? down : UNREACHED
  return Math.max(viaRight, viaDown)
}

/** The entry of a row that has come furthest in both lists together. */
function furthest(row: Int32Array): number {
  const d = row.length - 1
  let best = 0
  let bestSum = -1
  for (let i = 0; i <= d; i++) {
    const x = row[i] as number
    const sum = 2 * x - (2 * i - d)
    if (x >= 0 && sum > bestSum) {
      best = i
      bestSum = sum
    }
  }
  return best
}
