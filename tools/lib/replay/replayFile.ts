import { withoutCarriageReturns } from '../recording/carriageReturns'
import { readRecording } from '../recording/recording'
import { replayConcurrent } from './concurrentReplay'
import { replayFlat } from './flatReplay'
import { ReplayServer } from './replayServer'
import type { Progress, ReplayReport } from './report'

/** Clients where none are named: one who writes and two who look on. */
const DEFAULT_CLIENTS = 3

/**
 * Replays a recording through a server process of its own. Throws RecordingError where the file is no recording; what
 * goes wrong in the replay is in the report's `problems`.
 */
export async function replayFile(
  file: string,
  options: { readonly clients?: number | undefined; readonly progress: Progress },
): Promise<ReplayReport> {
  const { recording, standIn } = withoutCarriageReturns(await readRecording(file))
  const server = await ReplayServer.start()
  try {
    const report =
      recording.kind === 'flat'
        ? await replayFlat(recording, options.clients ?? DEFAULT_CLIENTS, server, options.progress)
        : await replayConcurrent(recording, options.clients ?? 0, server, options.progress)
    return standIn === undefined ? report : { ...report, carriageReturnsAs: standIn }
  } finally {
    await server.end()
  }
}
