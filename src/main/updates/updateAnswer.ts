import type { UpdateState } from '../../shared/ipc/updates'
import type { DialogTexts } from '../dialogs/texts'

/** What there is to say about new versions. */
export function updateAnswer(
  { way, version, step }: UpdateState,
  texts: DialogTexts['updates'],
): { message: string; detail: string } {
  if (way !== 'self') return { message: texts.running(version), detail: texts[way] }
  switch (step.name) {
    case 'downloading':
      return { message: texts.found(step.version), detail: texts.downloading }
    case 'ready':
      return { message: texts.ready(step.version), detail: texts.readyDetail }
    case 'failed':
      return { message: texts.failed, detail: texts.failedDetail }
    default:
      return { message: texts.current, detail: texts.running(version) }
  }
}
