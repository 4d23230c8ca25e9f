/**
 * The contract every document type fulfils, and the laws its tests check.
 *
 * Two ops are *concurrent* when both start at the same snapshot. The authority orders them: the one it
 * commits first is `earlier`, the other `later`. With E earlier, L later, both at snapshot S:
 *
 * - TP1: `apply(apply(S, E), transform(L, E, 'later')) = apply(apply(S, L), transform(E, L, 'earlier'))`
 * - compose: `apply(S, compose(a, b)) = apply(apply(S, a), b)`; compose is associative, in form too
 * - invert: `apply(apply(S, a), invert(a, S)) = S` (but for tombstones: taking back a put removes the record)
 * - diff: `apply(S, diff(S, T)) = T`
 * - split: composing `split(op, n)` gives `op`
 * - canonical: two ops of one effect and provenance have one form; `parseOp(op) = op` for every op made here
 * - inputs are never modified
 *
 * Transforming does **not** commute with composing, so nobody may compose what another replica transforms
 * one by one (see docs/decisions). The shape of the contract follows ottypes/docs.
 */
export type Side = 'earlier' | 'later'

/** What an op may cost before it is refused. Units: UTF-16 code units of the op's JSON text. */
export interface OpLimits {
  readonly maxOpLength: number
}

export interface OtType<Snapshot, Op, Position> {
  /** Name in the protocol and in storage. Never changes once released. */
  readonly name: string

  /** The snapshot of version 0. */
  create(): Snapshot

  /** Parses an op from outside into canonical form. Throws {@link OtError} `op-malformed`. */
  parseOp(value: unknown): Op

  /** Throws {@link OtError} `op-unfit` unless `op` can be applied to `snapshot`. Cheap: at most O(op). */
  check(snapshot: Snapshot, op: Op): void

  /** The snapshot after `op`. `snapshot` stays as it was (snapshots are persistent values). Throws `op-unfit`. */
  apply(snapshot: Snapshot, op: Op): Snapshot

  /** `op` as it has to be applied after the concurrent `other`. `side` says which of the two `op` is. */
  transform(op: Op, other: Op, side: Side): Op

  /** Both directions at once: `[transform(earlier, later, 'earlier'), transform(later, earlier, 'later')]`. */
  transformBoth(earlier: Op, later: Op): readonly [earlier: Op, later: Op]

  /** One op with the effect of `first`, then `second`. */
  compose(first: Op, second: Op): Op

  /** The op that takes `op` back. `before` is the snapshot `op` was applied to. */
  invert(op: Op, before: Snapshot): Op

  /** An op from `before` to `after`, found in bounded time (not always the smallest). */
  diff(before: Snapshot, after: Snapshot): Op

  /** Ops to apply one after another in place of `op`, none longer than `maxLength` where that can be done. */
  split(op: Op, maxLength: number): Op[]

  /**
   * What somebody has put in with `ops` and `other` forgets for good, as a snapshot of that alone; undefined for nothing.
   * `content` holds `ops`, and `other` applies to it. Missing where no op forgets what others insert.
   */
  readonly salvage?: (content: Snapshot, ops: readonly Op[], other: Op) => Snapshot | undefined

  /**
   * `ops`, one following the other, without what in them forgets something for good that `others` have changed, which
   * start at the same snapshot; the same ops where they forget no such thing. Missing as {@link salvage} is.
   */
  readonly spare?: (ops: readonly Op[], others: readonly Op[]) => Op[]

  /** True for an op without effect. */
  isEmpty(op: Op): boolean

  /** Length of the op's JSON text in UTF-16 units, exact or slightly above; cheap. */
  opLength(op: Op): number

  /**
   * What going through the op costs, in parts of a text op; cheap. Transforming two ops takes time that grows with the
   * weights of both.
   */
  opWeight(op: Op): number

  /** Parses a position (a caret, a selected thing) from outside. Throws {@link OtError} `position-malformed`. */
  parsePosition(value: unknown): Position

  /**
   * Where a position is after `op`. A caret stays left of what is inserted at it, except with
   * `own: true`, the position of the op's author, which moves behind the insertion.
   */
  transformPosition(position: Position, op: Op, own?: boolean): Position

  /** The snapshot as text: what is stored and sent. `parseSnapshot(serialise(s))` equals `s`. */
  serialise(snapshot: Snapshot): string

  /** Parses what {@link serialise} wrote. Throws {@link OtError} `snapshot-malformed`. */
  parseSnapshot(text: string): Snapshot

  /** Length of {@link serialise}'s text in UTF-16 units, exact or close; cheap. */
  snapshotLength(snapshot: Snapshot): number
}

export type OtErrorCode = 'op-malformed' | 'op-unfit' | 'position-malformed' | 'snapshot-malformed'

/** A value from outside that is not what a document type allows. The message names what is wrong and what is allowed. */
export class OtError extends Error {
  override readonly name = 'OtError'
  constructor(
    readonly code: OtErrorCode,
    message: string,
  ) {
    super(message)
  }
}
