/** What a replay found. */
export interface ReplayReport {
  readonly kind: 'flat' | 'concurrent'
  /** Patches of the recording. */
  readonly edits: number
  /** Clients that wrote or looked on. */
  readonly clients: number
  /** True if there are no problems. */
  readonly ok: boolean
  /** What went otherwise than promised. */
  readonly problems: readonly string[]
  /** Milliseconds from the first edit until every client had everything. */
  readonly ms: number
  /** Updates that the server committed: edits made while one was under way are joined. */
  readonly updates: number
  /** UTF-16 units of the text at the end. */
  readonly length: number
  /**
   * Whether the text at the end is the recorded one. Where several people inserted at one place at once, the recorder
   * may have put what they typed into another order; the characters are the same, or it is a problem.
   */
  readonly recordedText: boolean
  /** What stands for carriage returns, which a document does not hold. */
  readonly carriageReturnsAs?: string
  /** Of a concurrent recording: clients that wrote, one for each agent. */
  readonly writers?: number
  readonly transactions?: number
  /** Transactions made on more than their agent had seen; all others were made on exactly that. */
  readonly transactionsAhead?: number
  /** Insertions at a place where another agent inserted at the same time: see `recordedText`. */
  readonly contestedInsertions?: number
  /** Updates that the server transformed over others their author had not seen. */
  readonly updatesTransformed?: number
}

/** Told how far a replay is. */
export type Progress = (done: number, all: number, doing: string) => void
