import { setImmediate } from 'node:timers/promises'
import { untilPage } from '../client/participant'
import { readHistory, type RecordedHistory } from '../recording/recordedHistory'
import { RecordingError, type ConcurrentRecording } from '../recording/recording'
import { checkReplay } from './checkReplay'
import { ConcurrentWriting } from './concurrentWriting'
import type { ReplayServer } from './replayServer'
import type { Progress, ReplayReport } from './report'

/** Milliseconds that somebody who comes back may take to have everything. */
const RETURN_LIMIT_MS = 60_000

/**
 * Replays what several people wrote at once: each is a client of its own, with `clients` in all where that is more.
 * See ConcurrentWriting for how.
 */
export async function replayConcurrent(
  recording: ConcurrentRecording,
  clients: number,
  server: ReplayServer,
  progress: Progress,
): Promise<ReplayReport> {
  const history = readMatchingHistory(recording)
  const host = server.join({ name: 'Reader 0' })
  const pageId = await host.createPage('Recording')
  const readerCount = Math.max(1, clients - history.causality.writers)
  const readers = Array.from({ length: readerCount }, (_, i) =>
    i === 0 ? host : server.join({ name: `Reader ${i}` }),
  )
  const readerPages = await Promise.all(readers.map((reader) => reader.openText(pageId)))

  const writing = new ConcurrentWriting(history, server, pageId)
  const start = performance.now()
  await writing.run(progress)
  for (const page of readerPages) {
    await untilPage(
      page,
      ({ version }) => version === writing.log.version,
      'a reader has everything',
      RETURN_LIMIT_MS,
    )
  }
  const ms = performance.now() - start
  const problems = [
    ...writing.findProblems(),
    ...(await findReturnProblems(writing, server, pageId, progress)),
  ]
  const seats = writing.seats
  const check = await checkReplay(
    [...readers, ...seats.map(({ participant }) => participant)],
    [...readerPages, ...seats.map(({ page }) => page)],
    pageId,
    recording.endContent,
    server,
    progress,
    problems,
  )
  return {
    kind: 'concurrent',
    edits: recording.transactions.reduce((sum, { patches }) => sum + patches.length, 0),
    clients: writing.writers.length + readers.length,
    ...check,
    ms: Math.round(ms),
    updates: writing.log.version,
    writers: writing.writers.length,
    transactions: recording.transactions.length,
    transactionsAhead: writing.ahead,
    contestedInsertions: history.contested,
    updatesTransformed: writing.log.transformed,
  }
}

/** Reads positions in the unit in which they lead to the recorded text, code points where neither does. */
function readMatchingHistory(recording: ConcurrentRecording): RecordedHistory {
  const histories: RecordedHistory[] = []
  const problems: RecordingError[] = []
  for (const unit of ['codePoints', 'utf16'] as const) {
    try {
      const history = readHistory(recording, unit)
      if (history.text === recording.endContent) return history
      histories.push(history)
    } catch (error) {
      if (!(error instanceof RecordingError)) throw error
      problems.push(error)
    }
  }
  const [history] = histories
  if (history === undefined) throw problems[0] ?? new RecordingError('the recording cannot be read')
  return history
}

/** Lets those who have left come back with what their devices kept, and compares what they see then. */
async function findReturnProblems(
  { writers, log }: ConcurrentWriting,
  server: ReplayServer,
  pageId: string,
  progress: Progress,
): Promise<string[]> {
  const problems: string[] = []
  const text = log.toString()
  const gone = writers.filter(({ seat }) => seat === undefined)
  for (const [index, writer] of gone.entries()) {
    progress(index, gone.length, 'writers come back')
    const participant = writer.participant()
    const page = await participant.openText(pageId)
    await untilPage(
      page,
      ({ version }) => version === log.version,
      `${writer.name} has everything`,
      RETURN_LIMIT_MS,
    )
    if (page.content.toString() !== text) problems.push(`${writer.name} comes back to another text`)
    await server.leave(participant)
    await setImmediate()
  }
  return problems
}
