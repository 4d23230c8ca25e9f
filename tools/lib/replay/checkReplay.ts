import type { Participant, TextPage } from '../client/participant'
import type { ReplayServer } from './replayServer'
import type { Progress, ReplayReport } from './report'

/** Milliseconds that a newcomer may take to have the page. */
const NEWCOMER_LIMIT_MS = 60_000

/**
 * Compares what everybody has at the end, lets them leave, then restarts the server, first killed, then stopped, and
 * compares what a newcomer gets. `problems` are those known already.
 */
export async function checkReplay(
  participants: readonly Participant[],
  pages: readonly TextPage[],
  pageId: string,
  recorded: string,
  server: ReplayServer,
  progress: Progress,
  problems: string[],
): Promise<Pick<ReplayReport, 'ok' | 'problems' | 'length' | 'recordedText'>> {
  const text = pages[0]?.content.toString() ?? ''
  pages.forEach((page, index) => {
    const name = participants[index]?.name ?? 'somebody'
    if (page.content.toString() !== text)
      problems.push(`${name} has another text than ${participants[0]?.name}`)
  })
  for (const { client, name, errors } of participants) {
    if (client.drafts.value.length > 0) problems.push(`edits of ${name} were refused`)
    for (const error of errors) problems.push(`${name}: ${String(error)}`)
  }
  await Promise.all(participants.map((participant) => server.leave(participant)))
  for (const how of ['kill', 'stop'] as const) {
    progress(0, 1, `comparing after a restart (${how})`)
    await server.restart(how)
    const newcomer = server.join({ name: 'Newcomer' })
    const page = await newcomer.openText(pageId, NEWCOMER_LIMIT_MS)
    if (page.content.toString() !== text) problems.push(`after a restart (${how}) the text is another one`)
    await server.leave(newcomer)
  }
  return { ok: problems.length === 0, problems, length: text.length, recordedText: text === recorded }
}
