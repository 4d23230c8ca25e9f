import { untilPage, type TextPage } from '../client/participant'
import { readFlatHistory } from '../recording/flatHistory'
import type { FlatRecording } from '../recording/recording'
import { replacement } from '../../../src/shared/ot/text/textOp'
import { checkReplay } from './checkReplay'
import type { ReplayServer } from './replayServer'
import type { Progress, ReplayReport } from './report'

/**
 * Edits the writer may be ahead of what is committed: few enough that a recording becomes thousands of updates, as real
 * typing does, many enough that it does not take hours.
 */
const MAX_UNSENT = 100
/** Milliseconds that the last edits may take to reach everybody. */
const SETTLE_LIMIT_MS = 120_000

/** Replays one person's writing: one client types it, the others look on. */
export async function replayFlat(
  recording: FlatRecording,
  clients: number,
  server: ReplayServer,
  progress: Progress,
): Promise<ReplayReport> {
  const { ops } = readFlatHistory(recording)
  const writer = server.join({ name: 'Writer', limits: { sendIntervalMs: 0 } })
  const pageId = await writer.createPage('Recording')
  const readers = Array.from({ length: clients - 1 }, (_, i) => server.join({ name: `Reader ${i + 1}` }))
  const everybody = [writer, ...readers]
  const pages = await Promise.all(everybody.map((participant) => participant.openText(pageId)))
  const [page] = pages as [TextPage]

  const start = performance.now()
  page.edit(replacement(0, 0, recording.startContent))
  for (const [index, op] of ops.entries()) {
    if (page.saveState.value.unsent >= MAX_UNSENT) {
      progress(index, ops.length, 'edits typed')
      await untilPage(page, ({ unsent }) => unsent < MAX_UNSENT, 'edits are committed', SETTLE_LIMIT_MS)
    }
    page.edit(op)
  }
  await untilPage(page, ({ unsent }) => unsent === 0, 'the writer is done', SETTLE_LIMIT_MS)
  const { version } = page.saveState.value
  for (const each of pages) {
    await untilPage(each, (state) => state.version === version, 'a reader has everything', SETTLE_LIMIT_MS)
  }
  const ms = performance.now() - start

  const problems =
    page.content.toString() === recording.endContent ? [] : ['the text is not the recorded one']
  const check = await checkReplay(everybody, pages, pageId, recording.endContent, server, progress, problems)
  const edits = recording.patches.length
  return { kind: 'flat', edits, clients, ...check, ms: Math.round(ms), updates: version }
}
