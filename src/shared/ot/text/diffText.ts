import type { Text } from '@codemirror/state'
import { commonTokens, type Runs, type StepBudget } from './commonTokens'
import { TextOpBuilder, type TextOp } from './textOp'
import { isLowSurrogate } from './unicode'

/** How texts are cut for comparing, from coarse to fine: what differs at one level is compared at the next. */
interface Level {
  readonly token: RegExp
  /** Stretches longer than this together, in units, are not compared at this level. */
  readonly maxLength: number
  /** Less than this share of the shorter stretch in common is chance: it is then replaced as a whole. */
  readonly leastCommon: number
}

const LEVELS: readonly Level[] = [
  { token: /[^\n]*\n|[^\n]+/g, maxLength: Infinity, leastCommon: 0 },
  { token: /[\p{L}\p{N}_]+|\s+|[^]/gu, maxLength: 2 ** 20, leastCommon: 1 / 3 },
  { token: /[^]/gu, maxLength: 2 ** 17, leastCommon: 1 / 2 },
]

/** Steps of all searches of one difference together; some 50 ms. */
const STEPS = 10_000_000

/** What cutting off one token costs, in steps of a search. */
const STEPS_PER_TOKEN = 8

/**
 * An op from `before` to `after`. Time is bounded, at most about linear in the length of the texts, so the op is not
 * always the smallest. A surrogate pair is never split.
 */
export function diffText(before: Text, after: Text): TextOp {
  if (before.eq(after)) return []
  const difference = new Difference()
  difference.add(before.toString(), after.toString(), 0)
  return difference.op()
}

class Difference {
  private readonly out = new TextOpBuilder()
  private readonly budget: StepBudget = { steps: STEPS }

  op(): TextOp {
    return this.out.build()
  }

  /** Adds the difference of two stretches of text, compared at `level` and finer ones. */
  add(before: string, after: string, level: number): void {
    const prefix = commonPrefix(before, after)
    const suffix = commonSuffix(before, after, prefix)
    this.out.retain(prefix)
    this.addTrimmed(
      before.slice(prefix, before.length - suffix),
      after.slice(prefix, after.length - suffix),
      level,
    )
    this.out.retain(suffix)
  }

  /** As {@link add}, for stretches that begin and end differently. */
  private addTrimmed(before: string, after: string, level: number): void {
    const rule = LEVELS[level]
    if (rule === undefined || before === '' || after === '' || (level > 0 && this.budget.steps <= 0)) {
      this.replace(before, after)
    } else if (before.length + after.length > rule.maxLength) {
      this.addTrimmed(before, after, level + 1)
    } else {
      const ids = new Map<string, number>()
      const a = tokenise(before, rule.token, ids)
      const b = tokenise(after, rule.token, ids)
      this.budget.steps -= STEPS_PER_TOKEN * (a.tokens.length + b.tokens.length)
      const runs = commonTokens(a.tokens, b.tokens, ids.size, this.budget)
      if (commonLength(a, runs) < rule.leastCommon * Math.min(before.length, after.length)) {
        this.replace(before, after)
      } else this.addRuns(before, a, after, b, runs, level)
    }
  }

  /** Retains the runs and compares what is between them at the next level. */
  private addRuns(before: string, a: Tokens, after: string, b: Tokens, runs: Runs, level: number): void {
    let aEnd = 0
    let bEnd = 0
    for (let i = 0; i < runs.length; i += 3) {
      const aFirst = runs[i] as number
      const aStart = a.starts[aFirst] as number
      const bStart = b.starts[runs[i + 1] as number] as number
      this.add(before.slice(aEnd, aStart), after.slice(bEnd, bStart), level + 1)
      const length = (a.starts[aFirst + (runs[i + 2] as number)] as number) - aStart
      this.out.retain(length)
      aEnd = aStart + length
      bEnd = bStart + length
    }
    this.add(before.slice(aEnd), after.slice(bEnd), level + 1)
  }

  private replace(before: string, after: string): void {
    this.out.insert(after)
    this.out.delete(before.length)
  }
}

/** A text as numbers, equal for equal tokens, and where each token starts; the end of the text comes last. */
interface Tokens {
  readonly tokens: readonly number[]
  readonly starts: readonly number[]
}

function tokenise(text: string, token: RegExp, ids: Map<string, number>): Tokens {
  const tokens: number[] = []
  const starts = [0]
  for (const match of text.matchAll(token)) {
    const word = match[0]
    let id = ids.get(word)
    if (id === undefined) {
      id = ids.size
      ids.set(word, id)
    }
    tokens.push(id)
    starts.push(match.index + word.length)
  }
  return { tokens, starts }
}

/** How many units the tokens in `runs` have. */
function commonLength(a: Tokens, runs: Runs): number {
  let length = 0
  for (let i = 0; i < runs.length; i += 3) {
    const first = runs[i] as number
    length += (a.starts[first + (runs[i + 2] as number)] as number) - (a.starts[first] as number)
  }
  return length
}

/** Length of the common beginning, without half a pair. */
function commonPrefix(a: string, b: string): number {
  const end = Math.min(a.length, b.length)
  let length = 0
  while (length < end && a.charCodeAt(length) === b.charCodeAt(length)) length++
  if (isLowSurrogate(a.charCodeAt(length)) || isLowSurrogate(b.charCodeAt(length))) length--
  return length
}

/** Length of the common end behind the first `prefix` units, without half a pair. */
function commonSuffix(a: string, b: string, prefix: number): number {
  const end = Math.min(a.length, b.length) - prefix
  let length = 0
  while (length < end && a.charCodeAt(a.length - 1 - length) === b.charCodeAt(b.length - 1 - length)) length++
  if (length > 0 && isLowSurrogate(a.charCodeAt(a.length - length))) length--
  return length
}
