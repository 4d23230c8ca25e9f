/**
 * Two people who type at one spot at the same moment must not find their letters mixed. The clients here are the
 * smallest that follow the protocol: one update inflight, further edits pending, carets moved by the type.
 */
import type { Text } from '@codemirror/state'
import { describe, expect, it } from 'vitest'
import { composeAll } from '../../../../../src/shared/ot/composeAll'
import type { Side } from '../../../../../src/shared/ot/otType'
import { replacement, type TextOp } from '../../../../../src/shared/ot/text/textOp'
import { textType } from '../../../../../src/shared/ot/text/textType'

const RUNS = 500

/** Which of two insertions at one place goes left: the rule of the type, or the other way round. */
type TieRule = 'later left' | 'earlier left'

/** mulberry32: the same numbers from 0 to 1 for the same seed. */
function random(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

interface Committed {
  readonly writer: Writer
  readonly op: TextOp
}

class Authority {
  readonly log: Committed[] = []

  constructor(
    public text: Text,
    private readonly transform: typeof textType.transform,
  ) {}

  submit(writer: Writer, version: number, op: TextOp): void {
    let moved = op
    for (const committed of this.log.slice(version)) moved = this.transform(moved, committed.op, 'later')
    this.text = textType.apply(this.text, moved)
    this.log.push({ writer, op: moved })
  }
}

class Writer {
  private version = 0
  private inflight: TextOp | undefined
  private pending: TextOp[] = []
  /** Letters of this writer before the caret. The first stays: who takes back all types at a new spot afterwards. */
  private own = 0

  constructor(
    public text: Text,
    private caret: number,
    private readonly authority: Authority,
    private readonly transform: typeof textType.transform,
  ) {}

  type(letter: string): void {
    this.own++
    this.edit(replacement(this.caret, this.caret, letter))
  }

  backspace(): void {
    if (this.own < 2) return
    this.own--
    this.edit(replacement(this.caret - 1, this.caret, ''))
  }

  send(): void {
    if (this.inflight !== undefined) return
    this.inflight = composeAll(textType, this.pending)
    this.pending = []
    if (this.inflight !== undefined) this.authority.submit(this, this.version, this.inflight)
  }

  /** Takes the next committed update, if there is one. */
  receive(): boolean {
    const committed = this.authority.log[this.version]
    if (committed === undefined) return false
    this.version++
    if (committed.writer === this) {
      this.inflight = undefined
      return true
    }
    let remote = committed.op
    const move = (mine: TextOp): TextOp => {
      const moved = this.transform(mine, remote, 'later')
      remote = this.transform(remote, mine, 'earlier')
      return moved
    }
    if (this.inflight !== undefined) this.inflight = move(this.inflight)
    this.pending = this.pending.map(move)
    this.text = textType.apply(this.text, remote)
    this.caret = textType.transformPosition(this.caret, remote)
    return true
  }

  private edit(op: TextOp): void {
    this.pending.push(op)
    this.text = textType.apply(this.text, op)
    this.caret = textType.transformPosition(this.caret, op, true)
  }
}

/** Both type at one spot of a text with random delays; the text all end with. */
function typeAtOneSpot(seed: number, rule: TieRule): string {
  const next = random(seed)
  const other: Record<Side, Side> = { earlier: 'later', later: 'earlier' }
  const transform: typeof textType.transform = (op, against, side) =>
    textType.transform(op, against, rule === 'later left' ? side : other[side])
  const start = textType.parseSnapshot('[]')
  const authority = new Authority(start, transform)
  const writers = [0, 1].map(() => new Writer(start, 1, authority, transform))
  for (let step = 0; step < 120; step++) {
    const which = next() < 0.5 ? 0 : 1
    const writer = writers[which] as Writer
    const action = next()
    if (action < 0.35) writer.type(which === 0 ? 'a' : 'B')
    else if (action < 0.4) writer.backspace()
    else if (action < 0.7) writer.send()
    else writer.receive()
  }
  for (let round = 0; round < 3; round++) {
    for (const writer of writers) writer.send()
    for (const writer of writers) while (writer.receive());
  }
  for (const writer of writers) expect(writer.text.toString()).toBe(authority.text.toString())
  return authority.text.toString()
}

function interleavedRuns(rule: TieRule): number {
  let interleaved = 0
  for (let seed = 1; seed <= RUNS; seed++) {
    if (!/^\[(a+B+|B+a+)\]$/.test(typeAtOneSpot(seed, rule))) interleaved++
  }
  return interleaved
}

describe('two people typing at one spot', () => {
  it('T2: never interleave letters', () => {
    expect(interleavedRuns('later left')).toBe(0)
  })

  it('would in most runs, were the earlier insertion the left one', () => {
    expect(interleavedRuns('earlier left')).toBeGreaterThan(RUNS / 2)
  })
})
