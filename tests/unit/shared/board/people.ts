/** People at one board: a replica for each, an authority that orders their ops, and messages on the way between. */
import { expect } from 'vitest'
import { Board } from '../../../../src/shared/board/board'
import { boardRule, type BoardRefusal } from '../../../../src/shared/board/boardRule'
import { UndoStack } from '../../../../src/shared/board/undoStack'
import { recordsType, type RecordsOp, type RecordsSnapshot } from '../../../../src/shared/ot/records'

/** Orders ops: the part of the server that matters here. */
export class Authority {
  readonly log: { readonly author: string; readonly op: RecordsOp }[] = []
  readonly refusals: BoardRefusal[] = []
  content: RecordsSnapshot

  constructor(readonly start: RecordsSnapshot = recordsType.create()) {
    this.content = start
  }

  /** Commits an op made at `version`, unless the rule of boards forbids it. */
  submit(author: string, version: number, op: RecordsOp): void {
    const fitting = this.log
      .slice(version)
      .reduce((mine, { op: earlier }) => recordsType.transform(mine, earlier, 'later'), op)
    recordsType.check(this.content, fitting)
    const after = recordsType.apply(this.content, fitting)
    const refusal = boardRule(this.content, after, fitting)
    if (refusal !== undefined) this.refusals.push(refusal)
    this.content = refusal === undefined ? after : this.content
    this.log.push({ author, op: refusal === undefined ? fitting : {} })
  }
}

/** Somebody who edits: own ops show at once, are sent one at a time, and others' come in between. */
export class Person {
  readonly board: Board
  readonly undoStack = new UndoStack(recordsType)
  content: RecordsSnapshot
  #version = 0
  #inflight: RecordsOp | undefined
  #pending: RecordsOp[] = []
  #ids = 0

  constructor(
    readonly name: string,
    readonly authority: Authority,
  ) {
    this.content = authority.start
    this.board = new Board(this.content)
  }

  newId(): string {
    return `${this.name}-${++this.#ids}`
  }

  /** Edits, so that it can be undone. */
  edit(op: RecordsOp, mergeKey?: string): void {
    this.undoStack.record(op, this.content, mergeKey)
    this.#applyOwn(op)
  }

  undo(): RecordsOp | undefined {
    const op = this.undoStack.undo(this.content)
    if (op !== undefined) this.#applyOwn(op)
    return op
  }

  redo(): RecordsOp | undefined {
    const op = this.undoStack.redo(this.content)
    if (op !== undefined) this.#applyOwn(op)
    return op
  }

  #applyOwn(op: RecordsOp): void {
    recordsType.check(this.content, op)
    this.content = recordsType.apply(this.content, op)
    this.board.update(op, this.content)
    if (!recordsType.isEmpty(op)) this.#pending.push(op)
  }

  /** Sends the next op, where none is on its way. */
  send(): void {
    if (this.#inflight !== undefined) return
    this.#inflight = this.#pending.shift()
    if (this.#inflight !== undefined) this.authority.submit(this.name, this.#version, this.#inflight)
  }

  /** Takes in up to `count` committed ops. Returns what each did to the content here. */
  receive(count = Infinity): RecordsOp[] {
    const seen: RecordsOp[] = []
    for (; count > 0 && this.#version < this.authority.log.length; count--) {
      const entry = this.authority.log[this.#version++]
      if (entry === undefined) break
      if (entry.author === this.name) {
        this.#inflight = undefined
        continue
      }
      let remote = entry.op
      if (this.#inflight !== undefined)
        [remote, this.#inflight] = recordsType.transformBoth(remote, this.#inflight)
      this.#pending = this.#pending.map((mine) => {
        const [theirs, ours] = recordsType.transformBoth(remote, mine)
        remote = theirs
        return ours
      })
      this.content = recordsType.apply(this.content, remote)
      this.board.update(remote, this.content)
      this.undoStack.remote(remote)
      seen.push(remote)
    }
    return seen
  }

  get isIdle(): boolean {
    return (
      this.#inflight === undefined &&
      this.#pending.length === 0 &&
      this.#version === this.authority.log.length
    )
  }
}

/** Sends and receives until nothing is on its way, then asserts that all see the same. */
export function settle(authority: Authority, people: readonly Person[]): void {
  for (let round = 0; people.some((person) => !person.isIdle); round++) {
    if (round > 10_000) throw new Error('the people do not come to rest')
    for (const person of people) person.send()
    for (const person of people) person.receive()
  }
  const text = recordsType.serialise(authority.content)
  for (const person of people) expect(recordsType.serialise(person.content)).toBe(text)
}

/** Two people at one board, on which the ops of `prepare` have been done. */
export function twoAt(...prepare: readonly ((board: Board) => RecordsOp)[]): {
  readonly authority: Authority
  readonly anna: Person
  readonly ben: Person
  meet(): void
} {
  let start = recordsType.create()
  for (const make of prepare) start = recordsType.apply(start, make(new Board(start)))
  const authority = new Authority(start)
  const [anna, ben] = [new Person('anna', authority), new Person('ben', authority)]
  return {
    authority,
    anna,
    ben,
    /** Anna's edits are committed first, so Ben's are the later ones. */
    meet: () => {
      while (!anna.isIdle) {
        anna.send()
        anna.receive()
      }
      settle(authority, [anna, ben])
    },
  }
}
